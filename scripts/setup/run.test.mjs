import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runShown } from './run.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parlance-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that starts a worker which hears no signal and never ends; the worker leaves its process id behind. */
function hanging(name, ending) {
  const pidFile = join(folder, `${name}.pid`);
  const worker = join(folder, `${name}-worker.mjs`);
  const program = join(folder, `${name}.mjs`);
  const write = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;
  writeFileSync(worker, `process.on('SIGTERM', () => {}); ${write} setInterval(() => {}, 1000);`);
  writeFileSync(
    program,
    `import { spawn } from 'node:child_process'; import { existsSync } from 'node:fs';
     spawn(process.execPath, [${JSON.stringify(worker)}], { stdio: 'ignore' });
     setInterval(() => { if (existsSync(${JSON.stringify(pidFile)})) { ${ending} } }, 20);`,
  );
  return { program, pidFile };
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    // One that has ended counts until somebody asks how, which in a container may be never.
    return !existsSync('/proc/self/stat') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const ended = (pidFile) =>
  expect.poll(() => isAlive(Number(readFileSync(pidFile, 'utf8'))), { timeout: 20_000 }).toBe(false);

it('ends a tool at its limit, with everything it has started', async () => {
  const { program, pidFile } = hanging('late', '');
  // The limit begins to matter once the worker is there, however slow the machine.
  const limited = async (limitMs) => {
    const outcome = await runShown(program, [], limitMs);
    return existsSync(pidFile) ? outcome : limited(limitMs * 2);
  };
  expect(await limited(2000)).toEqual({ code: 1, late: true });
  await ended(pidFile);
}, 60_000);

it('passes on the code of a tool and leaves nothing running behind it', async () => {
  const { program, pidFile } = hanging('done', 'process.exit(3);');
  expect(await runShown(program, [], 50_000)).toEqual({ code: 3, late: false });
  await ended(pidFile);
}, 60_000);
