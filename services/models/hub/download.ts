import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ParlanceError } from '#contracts';
import { asStorageError } from '../../db/storage-error.ts';
import type { Hub, HubAnswer } from './connection.ts';
import { PassingFailure, unreachable } from './refusals.ts';
import type { HubFile } from './repository.ts';
import { withRetries } from './retry.ts';

/** Where a download writes; a test puts a disk that is full in its place. */
export type OpenSink = (path: string, offset: number) => Writable;

export interface DownloadOptions {
  signal: AbortSignal;
  /** Called with what came, and with a negative count where what was there turned out to be worth nothing. */
  onBytes(count: number): void;
  /** The first wait before another try, in milliseconds. */
  retryMs: number;
  sink?: OpenSink | undefined;
}

/** A try that brought less brought nothing: a hub that gives a byte and falls silent would be listened to for an hour. */
const worthwhileBytes = 64 * 1024;

const openFile: OpenSink = (path, offset) =>
  createWriteStream(path, offset === 0 ? { flags: 'w' } : { flags: 'r+', start: offset });

/**
 * Brings one file of a model into a folder, going on with what an earlier try left there, and checks its content.
 * @param url its address, relative to the hub
 * @throws ParlanceError `provider_failed` where the hub sends something else than it listed, `storage_full`, `cancelled`
 */
export async function download(
  hub: Hub,
  url: string,
  file: HubFile,
  folder: string,
  options: DownloadOptions,
): Promise<void> {
  const whole = join(folder, file.path);
  const part = `${whole}.part`;
  const { onBytes } = options;
  await mkdir(dirname(whole), { recursive: true });
  if (await isWhole(whole, file)) {
    onBytes(file.size);
    return;
  }
  onBytes(await sizeOf(part));
  await fetchAll(hub, url, file, part, options);
  if (!(await isWhole(part, file))) {
    // What was taken over from an earlier try may be to blame: once more, from the beginning.
    await discard(part, onBytes);
    await fetchAll(hub, url, file, part, options);
  }
  if (!(await isWhole(part, file))) {
    await discard(part, onBytes);
    throw new ParlanceError('provider_failed', `${file.path} does not have the content that the hub lists.`);
  }
  await rename(part, whole);
}

async function fetchAll(
  hub: Hub,
  url: string,
  file: HubFile,
  part: string,
  options: DownloadOptions,
): Promise<void> {
  let came = 0;
  const onBytes = (count: number) => {
    came += Math.max(0, count);
    options.onBytes(count);
  };
  const progressed = () => {
    const enough = came >= worthwhileBytes;
    came = 0;
    return enough;
  };
  const { signal, retryMs: baseMs } = options;
  await withRetries(() => fetchRest(hub, url, file, part, { ...options, onBytes }), {
    ...{ signal, baseMs, progressed },
  });
}

/** One request for what is not there yet. */
async function fetchRest(
  hub: Hub,
  url: string,
  file: HubFile,
  part: string,
  { signal, onBytes, sink = openFile }: DownloadOptions,
): Promise<void> {
  let offset = await sizeOf(part);
  if (offset > file.size) {
    await discard(part, onBytes);
    offset = 0;
  }
  if (offset === file.size && offset > 0) return;
  const answer = await hub.get(url, offset > 0 ? { range: `bytes=${offset}-` } : {}, signal);
  try {
    const from = startOf(answer, offset);
    if (from !== offset) await discard(part, onBytes);
    refuseOtherLength(answer, from, file);
    await pipeline(answer.body, counting(file, from, onBytes), sink(part, from), { signal });
  } catch (error) {
    throw asDownloadError(error, url, signal);
  } finally {
    answer.body.on('error', () => {}).destroy();
  }
  if ((await sizeOf(part)) < file.size)
    throw new PassingFailure(`The hub broke off in the midst of ${file.path}.`);
}

/** Where the body begins: at the offset that was asked for, or at 0 from a hub that cannot go on. */
function startOf({ status, header }: HubAnswer, offset: number): number {
  if (status !== 206) return 0;
  const [, from] = /^bytes (\d+)-/.exec(header('content-range') ?? '') ?? [];
  if (Number(from) === offset) return offset;
  throw new ParlanceError('provider_failed', 'The hub sends another part of a file than was asked for.');
}

function refuseOtherLength({ header }: HubAnswer, from: number, file: HubFile): void {
  const length = header('content-length');
  if (length === undefined || from + Number(length) === file.size) return;
  const detail = `The hub lists ${file.path} with ${file.size} bytes and sends ${from + Number(length)}.`;
  throw new ParlanceError('provider_failed', detail);
}

/** Passes a body on, and ends it where it is longer than the file can be. */
function counting(file: HubFile, from: number, onBytes: (count: number) => void): Transform {
  let length = from;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > file.size) {
        const detail = `The hub sends more of ${file.path} than the ${file.size} bytes that it lists.`;
        done(new ParlanceError('provider_failed', detail));
        return;
      }
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
}

function asDownloadError(error: unknown, url: string, signal: AbortSignal): unknown {
  const known = asStorageError(error);
  if (known instanceof ParlanceError) return known;
  const ofDisk = error instanceof Error && 'syscall' in error && 'path' in error;
  return ofDisk ? error : unreachable(new URL(url, 'http://hub'), error, signal);
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

async function discard(part: string, onBytes: (count: number) => void): Promise<void> {
  onBytes(-(await sizeOf(part)));
  await rm(part, { force: true });
}

/** Whether a file is there and has the content that the hub lists. */
async function isWhole(path: string, { size, digest }: HubFile): Promise<boolean> {
  if ((await sizeOf(path)) !== size) return false;
  const hash = createHash(digest.kind === 'sha256' ? 'sha256' : 'sha1');
  // Git hashes a file with its kind and length in front.
  if (digest.kind === 'git-blob') hash.update(`blob ${size}\0`);
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  } catch {
    return false;
  }
  return hash.digest('hex') === digest.value;
}
