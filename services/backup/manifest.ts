import { z } from 'zod';

/**
 * The last member of a backup, so that an archive which was cut short has none. The others are `database.tar`, when
 * the database was the embedded one, and `blobs/<id>`, whose id is the SHA-256 of the content.
 */
export const manifest = z.object({
  format: z.literal(1),
  /** Of Parlance. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  database: z.object({ version: z.string(), size: z.number().int(), sha256: z.string() }).nullable(),
  blobs: z.object({ count: z.number().int(), size: z.number().int() }),
});
export type Manifest = z.infer<typeof manifest>;

export const manifestMember = 'manifest.json';
export const databaseMember = 'database.tar';
export const blobFolder = 'blobs';
