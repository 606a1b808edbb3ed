import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** What was measured before, one JSON object a line in `bench/history.jsonl`, which is committed. */
export interface History {
  add(measured: object): void;
}

/** Opens it for writing, so that a folder which may not be written to is known at once. @throws Error when it may not */
export function openHistory(root: string): History {
  const file = join(root, 'bench', 'history.jsonl');
  appendFileSync(file, '');
  const machine = { commit: revisionOf(root), cpu: cpus()[0]?.model, cores: cpus().length };
  return {
    add: (measured) =>
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...machine, ...measured })}\n`),
  };
}

/** The commit that is checked out; null without git or outside of a repository, such as in an unpacked archive. */
function revisionOf(root: string): string | null {
  try {
    const args = ['rev-parse', '--short', 'HEAD'];
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
