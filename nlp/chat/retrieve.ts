import type { SearchHit, SearchResponse } from '#contracts';
import type { PastTurn, Turn } from './turn.ts';
import { contentWords, refersBack } from './words.ts';

/** Looks up passages for a query: the knowledge base of one tenant. */
export type Search = (request: { query: string; language: string; limit: number }) => Promise<SearchResponse>;

/** What was found for a message, best first. */
export interface Evidence {
  hits: SearchHit[];
  answerable: boolean;
  threshold: number;
  /** What was looked up. */
  query: string;
}

/** A message with no more words that say something may lean on what was said before. */
const fewWords = 3;
/** How far back the topic of a conversation is looked for. */
const turnsBack = 3;
const hitsWanted = 8;
const hitsCompared = 24;
/** Above the threshold by this much, a short message stands by itself. */
const clearly = 0.1;
/** What the article of the turn before is worth to a message that goes on from it. */
const sameArticle = 0.1;

/**
 * Finds the passages for a message. One that goes on from the turn before ("and for tablets?") is looked up twice, as it
 * is and together with the title of the article that answered that turn. Passages are ranked by the mean of the two
 * cosines, those of that article with a bonus: the title keeps to the topic, the message picks the section. A short
 * message that finds something clearly relevant by itself opens a new topic. No model but the embedding one is asked.
 */
export async function retrieve(turn: Turn, search: Search): Promise<Evidence> {
  const { message, language } = turn;
  const topic = leansOn(turn);
  const lookUp = (query: string, limit: number) => search({ query, language, limit });
  if (!topic) {
    const { hits, answerable, threshold } = await lookUp(message, hitsWanted);
    return { hits, answerable, threshold, query: message };
  }
  const query = `${message} ${topic.words.join(' ')}`;
  const [alone, together] = await Promise.all([lookUp(message, hitsCompared), lookUp(query, hitsCompared)]);
  const { threshold } = together;
  if (!topic.surely && (alone.hits[0]?.evidence ?? 0) >= threshold + clearly) {
    return { ...alone, hits: alone.hits.slice(0, hitsWanted), query: message };
  }
  const hits = blend(alone.hits, together.hits, topic.sourceId).slice(0, hitsWanted);
  return { hits, threshold, answerable: (hits[0]?.evidence ?? 0) >= threshold, query };
}

/** The article a message may go on from; `surely` when its wording says that it does. */
function leansOn({ message, language, past }: Turn) {
  const cited = lastCited(past);
  if (!cited) return undefined;
  const own = contentWords(message, language);
  const surely = own.length === 0 || refersBack(message, language);
  if (!surely && own.length > fewWords) return undefined;
  const words = contentWords(cited.title, language).filter((word) => !own.includes(word));
  return { words, surely, sourceId: cited.sourceId };
}

function lastCited(past: PastTurn[]) {
  const answered = past.slice(-turnsBack).findLast(({ outcome }) => outcome === 'answered');
  return answered?.citations[0];
}

function blend(alone: SearchHit[], together: SearchHit[], sourceId: string): SearchHit[] {
  const both = new Map<string, { hit: SearchHit; evidence: (number | undefined)[] }>();
  for (const [at, list] of [alone, together].entries()) {
    for (const hit of list) {
      const entry = both.get(hit.passage.id) ?? { hit, evidence: [] };
      entry.evidence[at] = hit.evidence;
      both.set(hit.passage.id, entry);
    }
  }
  // What one of the lists lacks is worth no more there than the last it has.
  const least = [alone, together].map((list) => Math.min(...list.map(({ evidence }) => evidence)));
  return [...both.values()]
    .map(({ hit, evidence: [first = least[0] ?? 0, second = least[1] ?? 0] }) => {
      const bonus = hit.passage.sourceId === sourceId ? sameArticle : 0;
      return { ...hit, evidence: (first + second) / 2 + bonus };
    })
    .sort((a, b) => b.evidence - a.evidence);
}
