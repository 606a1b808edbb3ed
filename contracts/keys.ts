import { z } from 'zod';
import { storedText } from './text.ts';

/** What a credential may do. `admin` implies every other scope. */
export const scopes = ['inference', 'chat', 'agent', 'train', 'review', 'admin'] as const;
export const scope = z.enum(scopes);
export type Scope = z.infer<typeof scope>;

/** An API key as it is listed: the secret is shown once, at creation, and only its hash is kept. */
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().describe('The first characters of the secret, to recognise it by'),
  scopes: z.array(scope),
  ratePerMinute: z.number().int().nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

export const createKeyRequest = z.strictObject({
  name: storedText.trim().min(1).max(100),
  scopes: z.array(scope).min(1).default(['inference']),
  ratePerMinute: z.number().int().min(1).max(1_000_000).nullable().default(null),
  expiresInDays: z.number().int().min(1).max(3650).nullable().default(null),
});
export type CreateKeyRequest = z.infer<typeof createKeyRequest>;

/** `secret` is absent when the same `Idempotency-Key` is sent again: it cannot be shown twice. */
export const createdKey = apiKey.extend({ secret: z.string().optional() });
export type CreatedKey = z.infer<typeof createdKey>;
export const keyList = z.object({ keys: z.array(apiKey) });

/** One line of the append-only audit log. */
export const auditEntry = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.string(),
  action: z.string().describe('noun.verb, such as key.created'),
  target: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditPage = z.object({ entries: z.array(auditEntry), next: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;
