import type { z } from 'zod';

export type Json = z.infer<ReturnType<typeof z.json>>;

/** A value as it would be read back: what JSON has no word for is left out. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;
