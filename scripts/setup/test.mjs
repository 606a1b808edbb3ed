import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileAreas } from './areas.mjs';
import { tools } from './paths.mjs';
import { runShown, runTool } from './run.mjs';
import { setUp } from './set-up.mjs';
import { SetupError, step } from './steps.mjs';

/** Static checks; each counts as one in the tally. */
const checks = [
  { name: 'Types', tool: tools.tsc, args: ['-p', 'tsconfig.json'] },
  { name: 'Types of the page', tool: tools.tsc, args: ['-p', 'chat-ui/tsconfig.json', '--noEmit'] },
  { name: 'Format and lint', tool: tools.biome, args: ['check', '--error-on-warnings', '.'] },
  { name: 'Unused code', tool: tools.knip, args: [] },
];

/**
 * The projects of vitest, of which two run at a time, since hardly any keeps two cores busy. The one that does is last.
 */
const projects = ['integration', 'e2e', 'clients', 'unit'];

/** Far above what a slow machine takes: reached only when something hangs, which vitest itself may never notice. */
const testLimitMinutes = 40;

/** A file system in memory, where there is one, and the bytes that must be free there. */
const memory = '/dev/shm';
const roomNeeded = 4 * 1024 ** 3;

const nothing = { passed: 0, failed: 0, skipped: 0, ok: true };

/**
 * Sets up, runs the tests and beside them the static checks (`--checks`: the checks alone; other arguments go to vitest and leave the
 * checks out), prints one tally as the last line and sets the exit code.
 */
export async function test(args) {
  const tally = (await prepare().then(() => true, explain))
    ? await runAll(args)
    : { ...nothing, failed: 1, ok: false };
  console.log(`\n${summary(tally)}`);
  process.exitCode = tally.failed > 0 || !tally.ok ? 1 : 0;
}

async function runAll(args) {
  const checksOnly = args.includes('--checks');
  const wanted = args.length === 0 || checksOnly ? checks : [];
  const [checked, tests] = await Promise.all([
    runChecks(wanted, { aside: !checksOnly }),
    checksOnly ? nothing : inScratch(() => runTests(args)),
  ]);
  for (const failure of checked.failures) console.log(`\n${failure}`);
  return sum([checked.tally, tests]);
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

/** `12 passed, 1 failed, 2 skipped`; skipped only when there are any. */
export function summary({ passed, failed, skipped, ok }) {
  // A run that failed as a whole (a crash, an error outside any test) must not read as green.
  const failures = failed + (!ok && failed === 0 ? 1 : 0);
  return `${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** One tally of several. */
export const sum = (tallies) =>
  tallies.reduce((a, b) => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    ok: a.ok && b.ok,
  }));

/** @param aside only with what others leave of the processor: a test may wait for something, and a check for nothing */
async function runChecks(wanted, { aside }) {
  const waiting = [...wanted];
  const tally = { ...nothing };
  const failures = [];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { name, tool, args } = check;
      const passed = await step(name, async () => demand(await runTool(tool, args, { aside }))).catch(
        (error) => {
          if (!(error instanceof SetupError)) throw error;
          failures.push(`── ${name}\n${error.message}`);
          return false;
        },
      );
      tally[passed ? 'passed' : 'failed']++;
    }
  };
  await Promise.all(aside ? [lane()] : [lane(), lane()]);
  return { tally, failures };
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

/** All projects, two at a time; given arguments, one run with these. */
async function runTests(args) {
  if (args.length > 0) return await runLane(args);
  const waiting = [...projects];
  const printer = inTurn();
  const runs = [];
  const lane = async () => {
    for (let project = waiting.shift(); project; project = waiting.shift()) {
      const { write, end } = printer.open();
      runs.push(await runLane(['--project', project], write));
      end();
    }
  };
  await Promise.all([lane(), lane()]);
  return sum(runs);
}

/** Lets one run print as it goes; what others print is held back until those before them have ended. */
function inTurn() {
  const open = [];
  return {
    open() {
      const mine = { kept: '', ended: false };
      open.push(mine);
      return {
        write(text) {
          if (open[0] === mine) process.stdout.write(text);
          else mine.kept += text;
        },
        end() {
          mine.ended = true;
          while (open[0]?.ended) {
            open.shift();
            process.stdout.write(open[0]?.kept ?? '');
          }
        },
      };
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
