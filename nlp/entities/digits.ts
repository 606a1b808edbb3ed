import { bounded, isEmbedded, matches } from './found.ts';

/** Groups of digits with little between them, and nothing wordy around. */
export interface DigitRun {
  groups: { start: number; end: number; digits: string }[];
  start: number;
  end: number;
}

const run = bounded(String.raw`\d{1,40}(?:[ .()/\-]{1,3}\d{1,40}){0,40}`);
/** The same where a line may end between two groups. */
const brokenRun = bounded(String.raw`\d{1,40}(?:(?:[ .()/\-]{1,3}| ?\n ?)\d{1,40}){0,40}`);
const group = bounded(String.raw`\d{1,40}`);

/** Every run of digit groups, between which stand up to three blanks, dots, dashes, slashes or brackets; a line may end there where `broken`. */
export function digitRunsOf(plain: string, broken = false): DigitRun[] {
  const runs: DigitRun[] = [];
  for (const match of matches(plain, broken ? brokenRun : run)) {
    const start = match.index ?? 0;
    const end = start + match[0].length;
    if (isEmbedded(plain, start, end)) continue;
    const groups = [...matches(match[0], group)].map((each) => {
      const from = start + (each.index ?? 0);
      return { start: from, end: from + each[0].length, digits: each[0] };
    });
    runs.push({ groups, start, end });
  }
  return runs;
}

/** Luhn's check, ISO/IEC 7812-1 annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
