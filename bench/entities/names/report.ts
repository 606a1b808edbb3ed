import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Proportion, proportion } from '#eval';
import { familyNames, findEntities, givenNames } from '#nlp';
import { placed } from '../carriers.ts';
import type { Random } from '../random.ts';
import { filled, personFrom } from './made.ts';
import { countNames, f1, type NameCounts } from './measure.ts';
import { type MarkedText, type NameKind, readBitext, readHwu, readSchemaGuided, readTod } from './rows.ts';

export interface NameFigures {
  precision: Proportion;
  recall: Proportion;
  f1: number;
}

const all: NameKind[] = ['person', 'place', 'organization'];
const find = (text: string) => findEntities(text, all);

/** Frames that training has never seen. */
const english =
  'Could you connect me with {P}?|the parcel was handed to {P}, not to me|{P} set this up for us|put {P} down as the contact|reply to {P} by noon|my colleague {P} already wrote|cardholder {P}|who is {P}?'.split(
    '|',
  );
const spanish =
  'póngame con {P}, por favor|el paquete se lo dieron a {P}|{P} lo configuró todo|apunte a {P} como contacto|responda a {P} antes de las doce|mi compañero {P} ya escribió|la tarjeta de {P}|¿quién es {P}?'.split(
    '|',
  );

/** Names in real utterances: held-out rows that people marked, and names put into frames behind held-out utterances. */
export function measureNames(
  data: string,
  carriers: string[],
  random: Random,
  final: boolean,
): Record<string, Record<string, NameFigures>> {
  const unlisted = JSON.parse(readFileSync(join(import.meta.dirname, 'unlisted.json'), 'utf8')) as {
    given: string[];
    family: string[];
  };
  const listed = { given: givenNames, family: familyNames };
  const made = (names: typeof listed, small: boolean) =>
    Array.from({ length: 500 }, () => {
      const es = random.chance(0.5);
      const { text, marks } = filled(random.one(es ? spanish : english), () =>
        personFrom(random, names.given, names.family, es),
      );
      const { text: whole, start } = placed(random.one(carriers), text, random);
      const shifted = marks.map((mark) => ({ ...mark, start: mark.start + start, end: mark.end + start }));
      return { text: small ? whole.toLowerCase() : whole, marks: shifted };
    });
  const marked: Record<string, [rows: MarkedText[], kinds: NameKind[]]> = {
    'HWU64 test': [readHwu(data, 'test'), all],
    'Schema-Guided test': [readSchemaGuided(data, 'test-dialogues_010'), all],
    'Bitext test': [readBitext(data, 'test'), ['person']],
    'Multilingual TOD test, English': [readTod(data, 'test-en'), ['place']],
    'Multilingual TOD test, Spanish': [readTod(data, 'test-es'), ['place']],
  };
  const sets: typeof marked = {
    ...(final ? marked : {}),
    'put in, listed names': [made(listed, false), ['person']],
    'put in, listed names, small letters': [made(listed, true), ['person']],
    'put in, unlisted names': [made(unlisted, false), ['person']],
    'put in, unlisted names, small letters': [made(unlisted, true), ['person']],
  };
  return Object.fromEntries(
    Object.entries(sets).map(([name, [rows, kinds]]) => {
      const counts = countNames(rows, find, kinds);
      return [
        name,
        Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, figuresOf(count)])),
      ];
    }),
  );
}

const figuresOf = (count: NameCounts): NameFigures => ({
  precision: proportion(count.right, count.found),
  recall: proportion(count.right, count.marked),
  f1: Math.round(f1(count) * 1e4) / 1e4,
});
