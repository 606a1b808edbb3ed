import { type ClassifierWarning, type LabelledText, ParlanceError } from '#contracts';

/** Rows as training takes them, and what their sender should know about them. */
export interface PreparedRows {
  rows: LabelledText[];
  /** Rows of each label. */
  counts: Record<string, number>;
  outOfScope: number;
  warnings: ClassifierWarning[];
}

const maxLabels = 500;
/** With fewer rows a label is mostly a matter of luck. */
const fewRows = 5;
const mostNamed = 5;

/**
 * Takes `oos` for no label and leaves out what was said twice.
 * @throws ParlanceError `invalid_input` for fewer than two labels and for more than 500
 */
export function prepareRows(given: LabelledText[]): PreparedRows {
  const rows = new Map<string, LabelledText>();
  const labelsOf = new Map<string, Set<string | null>>();
  for (const { text, label: said } of given) {
    const label = said === 'oos' ? null : said;
    const words = text.trim().replace(/\s+/g, ' ').toLowerCase();
    rows.set(JSON.stringify([words, label]), { text, label });
    labelsOf.set(words, (labelsOf.get(words) ?? new Set()).add(label));
  }
  const distinct = [...rows.values()];
  const counts: Record<string, number> = Object.create(null);
  for (const { label } of distinct) if (label !== null) counts[label] = (counts[label] ?? 0) + 1;
  refuse(Object.keys(counts).length);
  const contradicting = [...labelsOf.values()].filter(({ size }) => size > 1).length;
  return {
    rows: distinct,
    counts,
    outOfScope: distinct.filter(({ label }) => label === null).length,
    warnings: [...warnedOf(counts), ...saidTwice(given.length - distinct.length, contradicting)],
  };
}

function refuse(labels: number): void {
  if (labels < 2) {
    const detail = `The rows have ${labels === 0 ? 'no label' : 'one label'}; a classifier needs two to tell apart. Add rows of another.`;
    throw ParlanceError.field('/rows', detail);
  }
  if (labels > maxLabels) {
    const detail = `The rows have ${labels} labels; ${maxLabels} are told apart at most. Train several classifiers.`;
    throw ParlanceError.field('/rows', detail);
  }
}

function warnedOf(counts: Record<string, number>): ClassifierWarning[] {
  const labels = Object.keys(counts);
  const single = labels.filter((label) => counts[label] === 1);
  const few = labels.filter((label) => (counts[label] ?? 0) > 1 && (counts[label] ?? 0) < fewRows);
  const warning = (code: 'few_rows' | 'one_row', some: string[], what: string): ClassifierWarning[] => {
    const have = some.length > 1 ? 'have' : 'has';
    return some.length > 0 ? [{ code, detail: `${named(some)} ${have} ${what}` }] : [];
  };
  return [
    ...warning(
      'one_row',
      single,
      `one row${single.length > 1 ? ' each' : ''}: how well that is recognised cannot be measured.`,
    ),
    ...warning(
      'few_rows',
      few,
      `fewer than ${fewRows} rows${few.length > 1 ? ' each' : ''}. Add some, in other words.`,
    ),
  ];
}

function saidTwice(duplicates: number, contradicting: number): ClassifierWarning[] {
  const warnings: ClassifierWarning[] = [];
  if (duplicates > 0)
    warnings.push({ code: 'duplicates', detail: `${duplicates} rows were there already and are left out.` });
  if (contradicting > 0) {
    const detail = `${contradicting} texts have more than one label, or one and none. Decide for one of them.`;
    warnings.push({ code: 'contradiction', detail });
  }
  return warnings;
}

const named = (labels: string[]) => {
  const rest = labels.length - mostNamed;
  const some = labels.slice(0, mostNamed).map((label) => `“${label}”`);
  return `${some.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
};
