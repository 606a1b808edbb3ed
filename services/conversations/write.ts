import { type SQL, sql } from 'drizzle-orm';
import type { Event } from '#contracts';
import type { Transaction } from '../db/database.ts';
import { eventLog, eventTopic } from '../db/schema/index.ts';
import { deskTopic } from './topics.ts';

/**
 * Writes facts of one conversation into its log, a pointer to each into the desk's, and whatever else follows from them, in
 * one statement: most of what a statement costs is asking. The desk's counter is taken by it, after the conversation's
 * lock, so writers of two conversations cannot wait in a ring.
 */
export async function writeFacts(
  tx: Transaction,
  conversationId: string,
  facts: Event[],
  consequences: SQL[],
): Promise<void> {
  const rows = JSON.stringify(facts.map((fact, nth) => ({ ...fact, nth })));
  const also = consequences.map((each, at) => sql`${sql.raw(`consequence_${at}`)} as (${each}),`);
  await tx.execute(sql`
    with ${sql.join(also, sql` `)}
    fact as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb) as fact (
        nth int, topic text, seq bigint, type text, at timestamptz, actor jsonb, data jsonb
      )
    ),
    desk as (
      insert into ${eventTopic} (topic, last_seq) values (${deskTopic}, ${facts.length})
      on conflict (tenant_id, topic) do update set last_seq = ${eventTopic}.last_seq + ${facts.length}
      returning last_seq
    )
    insert into ${eventLog} (topic, seq, type, at, actor, data)
    select topic, seq, type, at, actor, data from fact
    union all
    select ${deskTopic}, desk.last_seq - ${facts.length} + 1 + nth, type, at, actor,
      jsonb_build_object('conversationId', ${conversationId}::text, 'seq', seq)
    from fact, desk`);
}
