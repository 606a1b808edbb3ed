import type { Citation, SearchHit } from '#contracts';
import { dot } from '../vector.ts';
import type { Embed } from './intents.ts';
import { type Unit, unitsOf } from './units.ts';

/** An answer made of quotations; `citations` say which part of it stands where. */
export interface Grounded {
  text: string;
  citations: Citation[];
}

/** Sentences, lists and tables of an answer, and its characters as far as whole ones allow. */
const maxUnits = 4;
const maxLength = 700;
/** A sentence that scores this much less than the best one adds nothing. */
const reach = 0.3;
/** The first sentence of a section is what the section is about, the second mostly what to do about it. */
const placeBonus = [0.12, 0.05];
/** A second passage is quoted as well when as much speaks for it, but for this. */
const nearby = 0.05;
/** The same for another section of the same article: which of two neighbours answers is the hardest to tell. */
const neighbouring = 0.1;

interface Scored extends Unit {
  score: number;
}

/**
 * The answer to a query, in the words of the passages that were found for it: the one to four sentences closest to it by
 * cosine, lists and tables whole, in reading order. A sentence that leans on the one before brings it along. All are from the first
 * passage, or half from it and half from a second when the two fit about equally well. Documents are only ever quoted: whatever
 * a text says to do, here it is a row of characters.
 */
export async function extractAnswer(query: string, hits: SearchHit[], embed: Embed): Promise<Grounded> {
  const [first, ...others] = hits;
  if (!first) return { text: '', citations: [] };
  const also = others.find((hit) => fitsAlike(first, hit));
  const passages = [first, ...(also ? [also] : [])];
  const units = passages.map(({ passage }) => unitsOf(passage.text));
  const context = ({ passage }: SearchHit) => passage.headings.at(-1) ?? passage.title;
  const inContext = units.map((each, at) =>
    each.map((unit) => `${context(passages[at] as SearchHit)}: ${unit.text}`),
  );
  const [vector, ...vectors] = await embed([
    query,
    ...units.flat().map(({ text }) => text),
    ...inContext.flat(),
  ]);
  const cosines = vectors.map((each) => dot(vector as Float32Array, each));
  const half = cosines.length / 2;
  let next = 0;
  const scored = units.map((each) =>
    each.map((unit, place): Scored => {
      const score = ((cosines[next] ?? 0) + (cosines[half + next] ?? 0)) / 2 + (placeBonus[place] ?? 0);
      next++;
      return { ...unit, score };
    }),
  );
  const most = maxUnits / passages.length;
  return compose(passages.map((hit, at) => ({ hit, units: choose(scored[at] ?? [], most) })));
}

function fitsAlike(first: SearchHit, other: SearchHit): boolean {
  // A document may be there twice.
  if (other.passage.text === first.passage.text) return false;
  const within = other.passage.sourceId === first.passage.sourceId ? neighbouring : nearby;
  return other.evidence >= first.evidence - within;
}

/** The best units within reach of the best one, with what they lean on, in reading order. */
function choose(units: Scored[], most: number): Scored[] {
  const best = Math.max(...units.map(({ score }) => score));
  const order = units.map((_, at) => at).sort((a, b) => (units[b]?.score ?? 0) - (units[a]?.score ?? 0));
  const chosen = new Set<number>();
  let length = 0;
  for (const at of order) {
    const unit = units[at] as Scored;
    if (unit.score < best - reach) break;
    const needed = withSupport(units, at).filter((each) => !chosen.has(each));
    const added = needed.reduce((sum, each) => sum + (units[each]?.text.length ?? 0), 0);
    const isFirst = chosen.size === 0;
    if (!isFirst && (chosen.size + needed.length > most || length + added > maxLength)) continue;
    for (const each of needed) chosen.add(each);
    length += added;
    if (chosen.size >= most) break;
  }
  return [...chosen].sort((a, b) => a - b).map((at) => units[at] as Scored);
}

/** A unit and those before it that it leans on. */
function withSupport(units: Scored[], at: number): number[] {
  const needed = [at];
  for (let each = at; each > 0 && units[each]?.leans; each--) needed.unshift(each - 1);
  return needed;
}

function compose(parts: { hit: SearchHit; units: Unit[] }[]): Grounded {
  let text = '';
  const citations: Citation[] = [];
  for (const { hit, units } of parts) {
    const { id: passageId, sourceId, title, headings } = hit.passage;
    let before: Unit | undefined;
    for (const unit of units) {
      text += joint(text, before, unit);
      const start = text.length;
      text += unit.text;
      citations.push({ passageId, sourceId, title, headings, quote: unit.text, start, end: text.length });
      before = unit;
    }
  }
  return { text, citations };
}

/** Between two passages and around a list there is a paragraph, between rows of a table a line, else a blank. */
function joint(text: string, before: Unit | undefined, unit: Unit): string {
  if (text === '') return '';
  if (!before) return '\n\n';
  if (before.listed && unit.listed) return '\n';
  return before.listed || unit.listed ? '\n\n' : ' ';
}
