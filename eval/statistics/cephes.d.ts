/** The package has types of its own, which its `exports` hide from this module resolution: here is what we call. */
declare module 'cephes' {
  /** Resolves when the functions can be called. */
  export const compiled: Promise<void>;
  export function bdtr(hits: number, trials: number, probability: number): number;
  export function ndtr(value: number): number;
  export function ndtri(probability: number): number;
  export function stdtri(freedom: number, probability: number): number;
}
