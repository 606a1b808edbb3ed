import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../db/database.ts';
import { configurationOf, withoutAsking } from './text-search.ts';

/** A passage that one of the two lists found, with what the evidence is made of. */
export interface Candidate {
  id: string;
  sourceId: string;
  sourceName: string;
  title: string;
  headings: string[];
  position: number;
  text: string;
  language: string;
  cosine: number;
  coverage: number;
  vectorRank: number | null;
  textRank: number | null;
}

/** How many each list gives. */
const listLength = 20;

/**
 * The 20 passages closest to the vector and the 20 with the most of the question's words, in one statement. A word counts
 * by its rarity among the passages of its language (the idf of BM25); the question is stemmed once for each language that
 * passages have, so nothing depends on guessing the question's own. Both lists are exact: every passage is looked at.
 */
export async function findCandidates(tx: Transaction, query: string, vector: number[]): Promise<Candidate[]> {
  const { rows } = (await tx.execute(statement(query, `[${vector.join(',')}]`))) as unknown as {
    rows: Candidate[];
  };
  return rows;
}

const statement = (query: string, vector: string): SQL => sql`
  with question as materialized (
    select ${vector}::vector as vector
  ),
  size as (
    select language, count(*)::float8 as passages from knowledge_passage group by language
  ),
  word as materialized (
    select size.language, size.passages, lexeme, quote_literal(lexeme)::tsquery as term
    from size, unnest(tsvector_to_array(to_tsvector(${configurationOf(sql`size.language`)}, ${withoutAsking(sql`size.language`, query)}))) as lexeme
  ),
  hit as materialized (
    select passage.id, word.language, word.lexeme
    from word join knowledge_passage as passage on passage.language = word.language and passage.search @@ word.term
  ),
  weight as (
    select word.language, word.lexeme, ln(1 + (word.passages - count(hit.id) + 0.5) / (count(hit.id) + 0.5)) as idf
    from word left join hit on hit.language = word.language and hit.lexeme = word.lexeme
    group by word.language, word.lexeme, word.passages
  ),
  total as (
    select language, sum(idf) as idf from weight group by language
  ),
  covered as materialized (
    select hit.id, sum(weight.idf) / max(total.idf) as coverage
    from hit
      join weight on weight.language = hit.language and weight.lexeme = hit.lexeme
      join total on total.language = hit.language
    group by hit.id
  ),
  near as (
    select id, row_number() over (order by distance, id) as place
    from (
      select id, embedding <=> (select vector from question) as distance from knowledge_passage
      order by distance, id limit ${listLength}
    ) as closest
  ),
  worded as (
    select id, row_number() over (order by coverage desc, id) as place
    from covered order by coverage desc, id limit ${listLength}
  ),
  found as (
    select id, near.place as "vectorRank", worded.place as "textRank" from near full join worded using (id)
  )
  select passage.id, passage.source_id as "sourceId", source.name as "sourceName", source.title, passage.headings,
    passage.position, passage.text, passage.language, 1 - (passage.embedding <=> (select vector from question)) as cosine,
    coalesce(covered.coverage, 0) as coverage, found."vectorRank"::int, found."textRank"::int
  from found
    join knowledge_passage as passage on passage.id = found.id
    join knowledge_source as source on source.id = passage.source_id
    left join covered on covered.id = found.id`;
