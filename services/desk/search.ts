import { ilike, or, type SQL, sql } from 'drizzle-orm';
import { conversation, message } from '../db/schema/index.ts';

/**
 * Conversations with the words in a message, in the language of web searches ("quoted", -not, or), the last word being
 * perhaps unfinished; or with the text as it stands in the customer's name or in the title.
 */
export function matches(text: string): SQL | undefined {
  const inOrder = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return or(
    ilike(conversation.customerName, inOrder),
    ilike(conversation.title, inOrder),
    sql`exists (select 1 from ${message} where ${message.conversationId} = ${conversation.id} and ${message.search} @@ (${asQuery(text)}))`,
  );
}

/** A word that is excluded or quoted is taken as it is. */
function asQuery(text: string): SQL {
  const [, head = '', last] = /^((?:.*[\s,;:.!?¿¡()])?)([\p{L}\p{N}]+)$/su.exec(text) ?? [];
  const quoted = (text.match(/"/g)?.length ?? 0) % 2 === 1;
  if (last === undefined || quoted) return sql`websearch_to_tsquery('simple', ${text})`;
  const before = head.replace(/(^|\s)or\s+$/i, '');
  const join = before === head ? sql`&&` : sql`||`;
  return sql`websearch_to_tsquery('simple', ${before}) ${join} to_tsquery('simple', ${`${last}:*`})`;
}
