import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileAreas } from './areas.mjs';
import { root, tools } from './paths.mjs';
import { runShown, runTool } from './run.mjs';
import { setUp } from './set-up.mjs';
import { SetupError, step } from './steps.mjs';

/** Static checks in an order that keeps two cores busy; each counts as one in the tally. */
const checks = [
  { name: 'Types', work: () => runTool(tools.tsc, ['-p', 'tsconfig.json']) },
  {
    name: 'Types of the page',
    needs: 'chat-ui/tsconfig.json',
    work: () => runTool(tools.tsc, ['-p', 'chat-ui/tsconfig.json', '--noEmit']),
  },
  { name: 'Format and lint', work: () => runTool(tools.biome, ['check', '--error-on-warnings', '.']) },
  { name: 'Unused code', work: () => runTool(tools.knip, []) },
];

/** Far above what a slow machine takes: reached only when something hangs, which vitest itself may never notice. */
const testLimitMinutes = 40;

/** A file system in memory, where there is one, and the bytes that must be free there. */
const memory = '/dev/shm';
const roomNeeded = 4 * 1024 ** 3;

const noTests = { passed: 0, failed: 0, skipped: 0, ok: true };

/**
 * Sets up, runs the static checks and the tests (`--checks`: the checks alone; other arguments go to vitest and leave the
 * checks out), prints one tally as the last line and sets the exit code.
 */
export async function test(args) {
  const ready = await prepare().then(() => true, explain);
  const checksOnly = args.includes('--checks');
  const tally = ready && (args.length === 0 || checksOnly) ? await runChecks() : { passed: 0, failed: 0 };
  const tests = ready
    ? await (checksOnly ? noTests : inScratch(() => runTests(args)))
    : { ...noTests, failed: 1, ok: false };
  console.log(`\n${summary(tally, tests)}`);
  process.exitCode = tally.failed + tests.failed > 0 || !tests.ok ? 1 : 0;
}

async function prepare() {
  await setUp();
  await compileAreas();
}

function explain(error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`\n${error.message}`);
  return false;
}

/** `12 passed, 1 failed, 2 skipped`; checks and tests together, skipped only when there are any. */
export function summary(checksTally, tests) {
  // A run that failed as a whole (a crash, an error outside any test) must not read as green.
  const failed = checksTally.failed + tests.failed + (!tests.ok && tests.failed === 0 ? 1 : 0);
  const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : '';
  return `${checksTally.passed + tests.passed} passed, ${failed} failed${skipped}`;
}

async function runChecks() {
  const waiting = checks.filter(({ needs }) => !needs || existsSync(join(root, needs)));
  const tally = { passed: 0, failed: 0 };
  const failures = [];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const passed = await step(check.name, async () => demand(await check.work())).catch((error) => {
        if (!(error instanceof SetupError)) throw error;
        failures.push(`── ${check.name}\n${error.message}`);
        return false;
      });
      tally[passed ? 'passed' : 'failed']++;
    }
  };
  await Promise.all([lane(), lane()]);
  for (const failure of failures) console.log(`\n${failure}`);
  return tally;
}

function demand(outcome) {
  if (!outcome.ok) throw new SetupError(outcome.output);
  return true;
}

/**
 * Runs `work` with a folder for temporary files that goes with it, in memory where there is room: a test's data folder has a thousand files, and
 * to copy them costs a disk most of a second and memory a fifteenth of that.
 */
async function inScratch(work) {
  const { bavail, bsize } = existsSync(memory) ? statfsSync(memory) : { bavail: 0, bsize: 0 };
  const folder = mkdtempSync(join(bavail * bsize >= roomNeeded ? memory : tmpdir(), 'parlance-test-'));
  // The PostgreSQL of the tests runs as another user, who goes through it to a folder of its own.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * All tests in two lanes of about the same length, since neither keeps two cores busy: those across areas and with the programs of others, and
 * those beside the code and in the browser. What the second prints is held back until the first has ended. Given arguments, one lane with these.
 */
async function runTests(args) {
  if (args.length > 0) return await runLane(args);
  const held = holdBack();
  const lane = (names) => names.flatMap((name) => ['--project', name]);
  const second = runLane(lane(['unit', 'e2e']), held.write);
  const first = await runLane(lane(['integration', 'clients']));
  held.release();
  return together(first, await second);
}

const together = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  ok: a.ok && b.ok,
});

function holdBack() {
  let kept = '';
  let write = (text) => {
    kept += text;
  };
  return {
    write: (text) => write(text),
    release() {
      process.stdout.write(`\n── Beside the code and in the browser\n${kept}`);
      write = (text) => process.stdout.write(text);
    },
  };
}

/** Vitest prints as it goes; the numbers come from its JSON report, not from its words. */
async function runLane(args, write) {
  const folder = mkdtempSync(join(tmpdir(), 'parlance-test-'));
  const report = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const limitMs = testLimitMinutes * 60_000;
    const { code, late } = await runShown(tools.vitest, ['run', ...reporters, ...args], limitMs, write);
    if (late) console.error(`\nThe tests did not end within ${testLimitMinutes} minutes and were stopped.`);
    return count(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Passed, failed and skipped of a vitest JSON report; a file that did not load counts as one failure. */
export function count(report, code) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, ok: false };
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    ok: code === 0,
  };
}
