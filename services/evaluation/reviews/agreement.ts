import type { Agreement, JudgeRequest, ReviewScale } from '#contracts';
import { cohensKappa, crossed, groupsOf, intervalOf, krippendorff, relianceOf } from '#eval';

/** What a rater says of an item. */
export interface Judged {
  itemId: string;
  rater: string;
  choice: JudgeRequest['choice'];
}

/** The agreement of raters, and its interval for whoever wants to wait for it: a bootstrap takes a while. */
export interface Agreed extends Agreement {
  /** At 95 %; null where too few items say anything about the spread. */
  interval(): { low: number; high: number } | null;
}

type Items = Map<string, Map<string, Judged['choice']>>;

/**
 * How far raters agree on the items that two or more of them judged: Cohen's κ where these are the same two throughout, on a scale
 * weighted by the square of the distance; else Krippendorff's α, ordinal on a scale. Null when no item has two judgements.
 */
export function agreementOf(judgements: readonly Judged[], scale: ReviewScale): Agreed | null {
  const items = sharedOf(judgements);
  if (items.size === 0) return null;
  const raters = [...new Set([...items.values()].flatMap((said) => [...said.keys()]))].sort();
  const [first = '', second = ''] = raters;
  return raters.length === 2 ? kappaOf(items, first, second, scale) : alphaOf(items, scale);
}

function sharedOf(judgements: readonly Judged[]): Items {
  const items: Items = new Map();
  for (const { itemId, rater, choice } of judgements)
    items.set(itemId, (items.get(itemId) ?? new Map()).set(rater, choice));
  return new Map([...items].filter(([, said]) => said.size > 1));
}

function kappaOf(items: Items, first: string, second: string, scale: ReviewScale): Agreed {
  const said = (rater: string) => [...items.values()].map((each) => String(each.get(rater)));
  const weights = scale.kind === 'scale' ? 'quadratic' : 'none';
  const { value, low, high } = cohensKappa(crossed(labelsOf(scale), said(first), said(second)), weights);
  return agreed('kappa', value, items.size, () => ({ low, high }));
}

function alphaOf(items: Items, scale: ReviewScale): Agreed {
  const ratings = [...items.values()].map((said) => [...said.values()]);
  const measured = krippendorff(ratings, scale.kind === 'scale' ? 'ordinal' : 'nominal');
  return agreed('alpha', measured.of(), items.size, () => {
    const { low, high, method } = intervalOf(measured, groupsOf([...items.keys()]));
    return method === 'none' ? null : { low, high };
  });
}

/** What can be said of an item, by system, in its order. */
function labelsOf(scale: ReviewScale): string[] {
  if (scale.kind === 'choices') return scale.choices.map(({ value }) => value);
  if (scale.kind === 'preference') return ['first', 'second', 'tie'];
  return Array.from({ length: scale.points }, (_, index) => String(index + 1));
}

const meanings = {
  'rely on it': 'Raters agree: rely on what they say.',
  tentative: 'Raters agree to a degree: conclude from it with caution.',
  'mend the guideline': 'Raters do not agree: mend the guideline before you conclude anything.',
};

const agreed = (
  measure: Agreement['measure'],
  value: number,
  items: number,
  interval: Agreed['interval'],
): Agreed => ({ measure, value, items, words: meanings[relianceOf(value)], interval });
