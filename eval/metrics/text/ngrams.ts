/** How often each run of units occurs. */
export type Counts = Map<string, number>;

/**
 * The runs of 1, 2, … `longest` neighbouring units with how often each occurs, by length less one. `between` must not occur in
 * a unit, unless units are all single characters.
 */
export function ngramsOf(units: readonly string[], longest: number, between: string): Counts[] {
  const byLength = Array.from({ length: longest }, (): Counts => new Map());
  for (let start = 0; start < units.length; start++) {
    let run = units[start] as string;
    for (let length = 1; length <= longest && start + length <= units.length; length++) {
      if (length > 1) run += between + units[start + length - 1];
      const counts = byLength[length - 1] as Counts;
      counts.set(run, (counts.get(run) ?? 0) + 1);
    }
  }
  return byLength;
}

/** How many there are in both, each counted as often as it is in the one that has fewer. */
export function sharedBy(one: Counts, other: Counts): number {
  let shared = 0;
  for (const [run, count] of one) shared += Math.min(count, other.get(run) ?? 0);
  return shared;
}
