import type { Entity, EntityKind, ModelCard } from '#contracts';
import type { ModelCall } from '#inference';
import type { Tagging } from '../kernels/token-classification.ts';
import { windowsOf } from '../text/segment.ts';
import type { TaggedSpan } from './aggregate.ts';
import { entitiesOf, findEntitiesBeside } from './find.ts';
import type { Found } from './found.ts';

/** How the entities of a model are wanted. */
export interface TaggedWishes {
  kinds?: readonly EntityKind[] | undefined;
  aggregation?: Tagging['aggregation'];
  /** Beside those that patterns find; so when left out. */
  patterns?: boolean | undefined;
}

/** How much of a text goes to a worker at once, in what its model reads at once: others wait for as long as that takes. */
const windowsAtOnce = 4;
const charactersPerToken = 4;

/** The entities of each text by the model of a call, and by patterns. A very long one is read in sections that end where a sentence does. */
export async function taggedEntities(
  texts: string[],
  { kinds, aggregation, patterns = true }: TaggedWishes,
  call: ModelCall,
): Promise<Entity[][]> {
  const length = call.card.maxTokens * charactersPerToken * windowsAtOnce;
  const sections = texts.flatMap((text, of) =>
    (text.length <= length ? [{ start: 0, end: text.length }] : windowsOf(text, length)).map((span) => ({
      of,
      ...span,
    })),
  );
  const outputs = await call.infer<TaggedSpan[]>(
    sections.map(
      ({ of, start, end }): Tagging => ({ text: (texts[of] ?? '').slice(start, end), aggregation }),
    ),
  );
  const spans = texts.map((): TaggedSpan[] => []);
  sections.forEach(({ of, start: from }, at) => {
    for (const { start, end, ...span } of outputs[at]?.value ?? [])
      spans[of]?.push({ ...span, start: from + start, end: from + end });
  });
  return texts.map((text, at) => {
    const found = (spans[at] ?? []).map((span) => foundBy(call.card, text, span));
    return patterns ? findEntitiesBeside(found, text, kinds) : entitiesOf(text, found, kinds);
  });
}

/** A span as something found: without the blanks at its ends, which some models count in. */
function foundBy(card: ModelCard, text: string, { label, score, start, end }: TaggedSpan): Found {
  const piece = text.slice(start, end);
  return {
    type: kindOf(card, label),
    start: start + piece.length - piece.trimStart().length,
    end: start + piece.trimEnd().length,
    score: Math.round(score * 1e4) / 1e4,
    source: 'model',
    label,
  };
}

/** What common sets of labels call the kinds: CoNLL 2003, OntoNotes 5, WikiNEuRal and sets for personal data. */
const known: Partial<Record<EntityKind, readonly string[]>> = {
  person: ['per', 'person', 'name', 'firstname', 'lastname', 'givenname', 'surname', 'fullname'],
  place: ['loc', 'location', 'gpe', 'place', 'city', 'state', 'country', 'fac', 'county'],
  organization: ['org', 'organization', 'organisation', 'company', 'companyname', 'corporation'],
  email: ['email', 'emailaddress'],
  phone: ['phone', 'phonenumber', 'telephonenum', 'telephone'],
  card: ['creditcard', 'creditcardnumber'],
  iban: ['iban'],
  url: ['url', 'website'],
  ip: ['ip', 'ipaddress', 'ipv4', 'ipv6'],
  date: ['date', 'dateofbirth', 'dob'],
  money: ['money', 'amount'],
  address: ['address', 'street', 'streetaddress', 'buildingnum', 'zipcode', 'postcode'],
  ssn: ['ssn', 'socialnum', 'socialsecuritynumber'],
};
const byLabel = new Map(
  Object.entries(known).flatMap(([kind, labels]) => labels.map((label) => [label, kind as EntityKind])),
);

/** The kind of a label by the model's card, by its name, or `other`. */
function kindOf({ kinds = {} }: ModelCard, label: string): EntityKind {
  const bare = label.replace(/^[BILOUES][-_]/u, '');
  if (Object.hasOwn(kinds, bare)) return kinds[bare] ?? 'other';
  return byLabel.get(bare.toLowerCase().replaceAll(/[^a-z0-9]/g, '')) ?? 'other';
}
