/** Who a route speaks to: our own clients, or those that somebody already has. */
export type Surface = 'native' | 'openai' | 'huggingFace' | 'tei';

/** Where each surface begins. */
export const surfacePrefixes = { native: '/api', openai: '/v1', huggingFace: '/hf', tei: '/tei' } as const;

/** The surface a path belongs to; `native` for what belongs to none. */
export function surfaceOf(path: string): Surface {
  for (const [surface, prefix] of Object.entries(surfacePrefixes)) {
    if (path.startsWith(`${prefix}/`)) return surface as Surface;
  }
  return 'native';
}
