import { z } from 'zod';
import { modelFile, ParlanceError } from '#contracts';
import { jsonOf } from '../../json.ts';
import type { Hub } from './connection.ts';

/** A file of a model on the hub, and what its content must be: large ones by SHA-256, others by the hash that git gives them. */
export interface HubFile {
  path: string;
  size: number;
  digest: { kind: 'sha256' | 'git-blob'; value: string };
}

/** A model at one commit. */
export interface Repository {
  commit: string;
  files: HubFile[];
}

const revisionAnswer = z.looseObject({ sha: z.string().regex(/^[0-9a-f]{40}$/) });
const entry = z.looseObject({
  type: z.string(),
  path: z.string(),
  size: z.number().int().nonnegative().optional(),
  oid: z.string().optional(),
  lfs: z.looseObject({ oid: z.string(), size: z.number().int().nonnegative() }).nullish(),
});

const maxPages = 50;
/** A listing of a thousand files has about 300 kB. */
const maxListingBytes = 8 * 1024 * 1024;

/**
 * Finds the commit that a revision (a branch, a tag, a commit) stands for, and its files. Files whose names are no plain relative paths
 * are left out: nothing that a model needs is called so.
 */
export async function readRepository(
  hub: Hub,
  id: string,
  revision: string,
  signal: AbortSignal,
): Promise<Repository> {
  const at = `api/models/${id}`;
  const { sha } = await readAs(
    revisionAnswer,
    hub,
    `${at}/revision/${encodeURIComponent(revision)}`,
    signal,
  ).then(({ value }) => value);
  const files: HubFile[] = [];
  let next: string | undefined = `${at}/tree/${sha}?recursive=true`;
  for (let page = 0; next !== undefined; page++) {
    if (page >= maxPages) throw tooLong();
    const { value, link } = await readAs(z.array(entry), hub, next, signal);
    files.push(...value.flatMap((each) => fileOf(each) ?? []));
    next = nextOf(link);
  }
  return { commit: sha, files };
}

function fileOf({ type, path, size, oid, lfs }: z.infer<typeof entry>): HubFile | undefined {
  if (type !== 'file' || !modelFile.shape.path.safeParse(path).success) return undefined;
  if (lfs && /^[0-9a-f]{64}$/.test(lfs.oid))
    return { path, size: lfs.size, digest: { kind: 'sha256', value: lfs.oid } };
  if (size === undefined || oid === undefined || !/^[0-9a-f]{40}$/.test(oid)) return undefined;
  return { path, size, digest: { kind: 'git-blob', value: oid } };
}

async function readAs<T>(
  schema: z.ZodType<T>,
  hub: Hub,
  path: string,
  signal: AbortSignal,
): Promise<{ value: T; link: string | undefined }> {
  const { header, body } = await hub.get(path, { accept: 'application/json' }, signal);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > maxListingBytes) throw tooLong();
      chunks.push(chunk);
    }
  } finally {
    body.on('error', () => {}).destroy();
  }
  const parsed = schema.safeParse(jsonOf(Buffer.concat(chunks).toString('utf8')));
  if (parsed.success) return { value: parsed.data, link: header('link') };
  throw new ParlanceError('provider_failed', 'What answers is not a hub of models. Check HF_ENDPOINT.');
}

/** The address of the next page in a `Link` header (RFC 8288). */
export const nextOf = (link: string | undefined): string | undefined =>
  link && /<([^<>]+)>\s*;[^,<]*\brel="?next"?/.exec(link)?.[1];

const tooLong = () => new ParlanceError('provider_failed', 'The hub lists more files than a model can have.');
