import { z } from 'zod';
import { recordId, storedText } from './text.ts';

/** What a source was read from. */
export const sourceKind = z.enum(['markdown', 'html', 'text', 'docx', 'pdf']);
export type SourceKind = z.infer<typeof sourceKind>;

/** Bytes of the largest document taken. */
export const maxSourceBytes = 20 * 1024 * 1024;

/** ISO 639-1. */
export const language = z.string().regex(/^[a-z]{2}$/, 'Give a language of two letters, such as en.');

/** A document of the knowledge base. */
export const source = z.object({
  id: z.string(),
  /** Where it came from, such as `en/roaming.md`; the same name replaces what was there. */
  name: z.string(),
  title: z.string(),
  section: z.string().nullable(),
  kind: sourceKind,
  language,
  bytes: z.number().int(),
  sha256: z.string(),
  state: z.enum(['reading', 'ready', 'failed']),
  /** Why it failed and what to do. */
  problem: z.string().nullable(),
  passages: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Source = z.infer<typeof source>;
export const sourceList = z.object({ sources: z.array(source), next: z.string().nullable() });

/** A passage: a piece of a source small enough to read at a glance, under the headings it stands below. */
export const passage = z.object({
  id: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  title: z.string(),
  headings: z.array(z.string()),
  /** Order within the source, from 0. */
  position: z.number().int(),
  text: z.string(),
  language,
});
export type Passage = z.infer<typeof passage>;
export const passageList = z.object({ passages: z.array(passage) });

export const searchRequest = z.strictObject({
  query: storedText.trim().min(1).max(2000),
  language: language.optional().describe('Prefer passages in this language'),
  limit: z.number().int().min(1).max(50).default(8),
});
export type SearchRequest = z.infer<typeof searchRequest>;

/** One passage found, and why. Hits are in the order of their evidence. */
export const searchHit = z.object({
  passage,
  /** How close its meaning is to the question's. */
  cosine: z.number(),
  /** The share of the question's words that stand in it, each counted by how rare it is in the knowledge base; 0…1. */
  coverage: z.number(),
  /** Cosine, half the coverage (0.3 of it where a section has phrases) and the lead: what orders the hits and decides about an answer. */
  evidence: z.number(),
  /** Its place among the 20 closest in meaning, from 1. */
  vectorRank: z.number().int().nullable(),
  /** Its place among the 20 that share the most words, from 1. */
  textRank: z.number().int().nullable(),
  /** Reciprocal rank fusion of the two places. It cannot say that nothing fits, so it decides nothing. */
  fused: z.number(),
});
export type SearchHit = z.infer<typeof searchHit>;
export const searchResponse = z.object({
  hits: z.array(searchHit),
  /** By how much the best passage is ahead of the best of another document: small where nothing has the answer. */
  lead: z.number(),
  /** Below this evidence of the best passage the bot refuses. */
  threshold: z.number(),
  answerable: z.boolean(),
  /** Milliseconds. */
  timing: z.object({ embedMs: z.number(), searchMs: z.number() }),
});
export type SearchResponse = z.infer<typeof searchResponse>;

/** A question that found nothing, for whoever writes the articles. */
export const gap = z.object({
  id: z.string(),
  question: z.string(),
  language,
  conversationId: z.string().nullable(),
  bestCosine: z.number().nullable(),
  bestTitle: z.string().nullable(),
  times: z.number().int(),
  lastAt: z.iso.datetime(),
});
export type Gap = z.infer<typeof gap>;
export const gapList = z.object({ gaps: z.array(gap) });

/** What the bot does when a message fits an intent. */
export const intentAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), article: storedText.min(1).max(200) }),
  z.strictObject({ kind: z.literal('handoff') }),
  z.strictObject({ kind: z.literal('smalltalk'), reply: z.record(language, storedText.min(1).max(1000)) }),
]);
export type IntentAction = z.infer<typeof intentAction>;

/** An intent the knowledge base declares, known by a few examples of each language. */
export const intent = z.strictObject({
  name: recordId,
  description: storedText.trim().min(1).max(200).describe('Shown as a choice when two intents are close'),
  examples: z.record(language, z.array(storedText.trim().min(1).max(300)).min(1).max(50)),
  action: intentAction,
});
export type Intent = z.infer<typeof intent>;
export const intentList = z.object({ intents: z.array(intent).max(200) });
