/** As short as the server takes. */
export const shortest = 10;

/** What its length alone says about a password; `share` fills the bar, up to 1. */
export function strengthOf(password: string): { share: number; words: string; enough: boolean } {
  const length = [...password].length;
  const share = Math.min(1, length / 20);
  const missing = shortest - length;
  if (length === 0)
    return { share, words: `At least ${shortest} characters; a sentence is easy to remember`, enough: false };
  if (missing > 0) return { share, words: `${missing} more to go`, enough: false };
  if (length < 14) return { share, words: 'Long enough. Longer is stronger', enough: true };
  if (length < 20) return { share, words: 'Good length', enough: true };
  return { share, words: 'Very good length', enough: true };
}
