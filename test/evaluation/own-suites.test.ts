import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readBaseline } from '#eval';
import { acceptedTable } from '../../services/cli/evaluation/table.ts';
import { quickStart } from '../fixtures/quick-start.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const suites = join(root, 'eval', 'suites');
const folder = mkdtempSync(join(tmpdir(), 'parlance-own-suites-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs every bundled suite on the real models, as a build server would. */
function runAll(): Promise<{ code: number | null; printed: string }> {
  const program = join(root, 'bin', 'parlance.mjs');
  const child = spawn(process.execPath, [...quickStart, program, 'eval', 'run', '--out', folder], {
    env: { ...process.env, PARLANCE_ENGINE: 'onnx', PARLANCE_PORT: '1' },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, printed })));
}

describe('Parlance by its own suites', () => {
  const names = readdirSync(suites).flatMap((file) =>
    file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : [],
  );

  it.each(names)('%s has an accepted run, of the suite as it is', (name) => {
    const file = join(suites, `${name}.baseline.jsonl`);
    expect(existsSync(file)).toBe(true);
    const { run } = readBaseline(readFileSync(file, 'utf8'));
    const lock = JSON.parse(readFileSync(join(suites, `${name}.lock.json`), 'utf8'));
    expect(lock[String(run.suite.version)]).toBe(run.fingerprint);
    expect(run.partial).toBeNull();
  });

  it('holds every gate, and is no worse than what was accepted', { timeout: 240_000 }, async () => {
    const { code, printed } = await runAll();
    expect(code, printed).toBe(0);
    for (const name of names) expect(existsSync(join(folder, name, 'report.html'))).toBe(true);
  });

  it('shows its scores in the README, as they were accepted', async () => {
    // Written by `parlance eval table`.
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(await acceptedTable(root));
  });
});
