import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, unlinkSync, utimes } from 'node:fs';
import { link, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ParlanceError } from '#contracts';
import { asFolderError } from './db/storage-error.ts';

const holder = z.object({
  id: z.string(),
  pid: z.number().int(),
  /** Tells this process from a later one with the same number; null where the system does not say. */
  startTime: z.string().nullable(),
  host: z.string(),
});
type Holder = z.infer<typeof holder>;

export interface FolderLock {
  /** Lets the next process in. Safe to call twice. */
  release(): Promise<void>;
}

const heartbeatMs = 10_000;
/** A holder on another host, such as a container that shares the folder, is only known by its heartbeat. */
const foreignStaleMs = 60_000;

/**
 * Makes this process the only one that uses `folder`, by a file `lock` in it that names the holder. The lock of a
 * process that was killed is taken over. Throws `conflict`, naming the holder, when another process has it,
 * and `invalid_input` when nothing can be written there.
 */
export async function acquireFolderLock(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock');
  const own: Holder = {
    id: randomUUID(),
    pid: process.pid,
    startTime: startTimeOf(process.pid),
    host: hostname(),
  };
  const draft = join(folder, `lock.${own.id}`);
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 }).catch((error) => {
    throw asFolderError(error, folder);
  });
  try {
    // A link appears whole or not at all, so nobody reads half a lock.
    while (!(await succeeds(link(draft, path), 'EEXIST'))) {
      if (await takeOver(folder, path, draft)) break;
    }
  } finally {
    await succeeds(unlink(draft), 'ENOENT');
  }
  return hold(path, own);
}

/**
 * Replaces a dead holder's lock. Removing it first would let two processes each remove what the other had just
 * made, so a second file admits one at a time and the lock is replaced in one step while it is there.
 * False when there is no lock any more: then it is free to whoever links first.
 */
async function takeOver(folder: string, path: string, draft: string): Promise<boolean> {
  await refuseIfHeld(folder, path);
  const gate = join(folder, 'lock.takeover');
  if (!(await succeeds(link(draft, gate), 'EEXIST'))) {
    throw new ParlanceError(
      'conflict',
      `Another process is just starting on ${folder}. If none is, delete ${gate} and start again.`,
    );
  }
  try {
    await refuseIfHeld(folder, path);
    if (!existsSync(path)) return false;
    await rename(draft, path);
    return true;
  } finally {
    await unlink(gate);
  }
}

async function refuseIfHeld(folder: string, path: string): Promise<void> {
  const found = await readHolder(path);
  if (!found || !(await isAlive(found, path))) return;
  const where = found.host === hostname() ? '' : ` on ${found.host}`;
  throw new ParlanceError(
    'conflict',
    `The data folder ${folder} is in use by process ${found.pid}${where}. ` +
      'Stop that process, or set PARLANCE_DATA_DIR to another folder (and PARLANCE_PORT to another port).',
  );
}

/** Undefined for a file that is no lock, which a full disk may leave behind. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return holder.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

async function isAlive(found: Holder, path: string): Promise<boolean> {
  if (found.host !== hostname()) {
    const age = await stat(path).then(
      (each) => Date.now() - each.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    return age < foreignStaleMs;
  }
  try {
    process.kill(found.pid, 0);
  } catch (error) {
    // EPERM: it is there, but another user's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const startTime = startTimeOf(found.pid);
  return startTime === null || found.startTime === null || startTime === found.startTime;
}

/** Clock ticks from boot to the start of the process (field 22 of `/proc/<pid>/stat`); null off Linux. */
function startTimeOf(pid: number): string | null {
  try {
    // The second field is the program's name in brackets, which may hold anything.
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function hold(path: string, own: Holder): FolderLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now, () => {});
  }, heartbeatMs);
  heartbeat.unref();
  const remove = () => {
    try {
      if (holder.parse(JSON.parse(readFileSync(path, 'utf8'))).id === own.id) unlinkSync(path);
    } catch {
      // Gone already, with the folder perhaps: there is nothing to release.
    }
  };
  process.once('exit', remove);
  return {
    async release() {
      clearInterval(heartbeat);
      process.removeListener('exit', remove);
      remove();
    },
  };
}

/** False when it fails with exactly this code; any other failure is thrown. */
async function succeeds(action: Promise<void>, code: string): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return false;
    throw error;
  }
}
