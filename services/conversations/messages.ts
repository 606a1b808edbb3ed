import type { Message } from '#contracts';
import type { message } from '../db/schema/index.ts';

/** A row of the messages as the contract shows it. */
export function asMessage({
  tenantId: _tenant,
  search: _search,
  createdAt,
  ...row
}: typeof message.$inferSelect): Message {
  return { ...row, createdAt: createdAt.toISOString() };
}
