import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { distManifest } from './areas.mjs';
import { explainInstall, isInstalled } from './install.mjs';
import { checkMachine, platformRemark } from './machine.mjs';
import { isSupported } from './node-version.mjs';
import { root } from './paths.mjs';
import { bundle, record } from './programs.mjs';
import { SetupError } from './steps.mjs';
import { count, sum, summary } from './test.mjs';

describe('the Node floor', () => {
  it('is 20.19', () => {
    const versions = ['v20.19.0', 'v20.20.2', 'v22.0.0', 'v24.1.0', 'v20.18.9', 'v18.20.0', 'v12.0.0'];
    expect(versions.filter(isSupported)).toEqual(['v20.19.0', 'v20.20.2', 'v22.0.0', 'v24.1.0']);
  });
});

describe('isInstalled', () => {
  const locked = {
    packages: {
      '': { name: 'parlance' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/mac': { version: '2.0.0', optional: true },
    },
  };
  const withPackages = (packages) => ({ packages });

  it('accepts what the lockfile says, without the optional packages of other platforms', () => {
    expect(isInstalled(locked, withPackages({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true);
  });

  it.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/a': { version: '1.0.1' } }],
    [
      'a package too many',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
    ],
  ])('refuses %s', (_, packages) => {
    expect(isInstalled(locked, withPackages(packages))).toBe(false);
  });

  it('refuses where npm left no record', () => {
    expect(isInstalled(locked, null)).toBe(false);
  });
});

describe('failures', () => {
  it('of the installation say what to do', () => {
    expect(explainInstall('npm error code ENOTFOUND')).toMatch(/registry cannot be reached/);
    expect(explainInstall('npm error code ENOSPC')).toMatch(/disk filled up/);
    expect(explainInstall('npm error code EACCES')).toMatch(/may not write to node_modules/);
    expect(explainInstall('npm error code EWHATEVER')).toMatch(/npm ci failed/);
    expect(explainInstall('npm error code E\nnpm error     at Socket.on (node:net:1)')).not.toMatch(/Socket/);
  });

  it('of writing tell the checkout from the cache of npm', () => {
    const refusal = (code, path) =>
      explainInstall(
        `npm error code ${code}\nnpm error syscall mkdir\nnpm error path ${path}\nnpm error errno -13`,
      );
    const inside = join(root, 'node_modules', 'a');
    expect(refusal('EACCES', inside)).toMatch(/write to node_modules/);
    expect(refusal('EROFS', inside)).toMatch(/read-only/);
    for (const code of ['EACCES', 'EROFS']) {
      const words = refusal(code, '/home/someone/.npm/_cacache');
      expect(words).toMatch(/may not write to \/home\/someone\/\.npm\/_cacache.*\n.*npm_config_cache/);
      expect(words).not.toMatch(/node_modules/);
    }
    const sentence = "npm error Error: EROFS: read-only file system, mkdir '/home/someone/.npm'";
    expect(explainInstall(sentence)).toMatch(/npm_config_cache/);
  });

  it('of the machine stop only where going on is pointless', () => {
    const here = { os: 'linux', arch: 'x64', libc: 'glibc' };
    const check = (freeBytes, workLeft) => () =>
      checkMachine({ freeBytes, platform: here, workLeft: () => workLeft });
    expect(check(400e6, true)).toThrow(SetupError);
    expect(check(400e6, false)).not.toThrow();
    expect(check(1e9, true)).not.toThrow();
    expect(platformRemark(here)).toBeNull();
    expect(platformRemark({ ...here, libc: 'other' })).toMatch(/glibc/);
    expect(platformRemark({ ...here, arch: 'riscv64' })).toMatch(/riscv64/);
  });
});

describe('a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parlance-programs-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const source = join(folder, 'greet.ts');
  const made = join(folder, 'made');

  it('is one file, and what was made is known by its record', async () => {
    writeFileSync(
      source,
      'class Greeting extends Error {}\nexport const name: string = new Greeting().constructor.name;\n',
    );
    await bundle({ greet: source }, made);
    expect((await import(join(made, 'greet.js'))).name).toBe('Greeting');
    const whole = record('hash', made);
    writeFileSync(join(made, 'greet.js'), '');
    expect(record('hash', made)).not.toBe(whole);
    rmSync(join(made, 'greet.js'));
    expect(record('hash', made)).not.toBe(whole);
  });

  it('that does not compile is told by file and line, and nothing is written', async () => {
    writeFileSync(source, '\nconst = 1;\n');
    const elsewhere = join(folder, 'elsewhere');
    await expect(bundle({ greet: source }, elsewhere)).rejects.toThrow(/greet\.ts:2:6/);
    expect(readdirSync(folder)).not.toContain('elsewhere');
  });
});

describe('distManifest', () => {
  it('points every door at its compiled file', () => {
    expect(distManifest({ '#nlp': './nlp/index.ts' })).toEqual({
      type: 'module',
      imports: { '#nlp': './nlp/index.js' },
    });
  });
});

describe('the tally of npm test', () => {
  const report = (over) => ({
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...over,
  });

  const checks = { passed: 4, failed: 0, skipped: 0, ok: true };

  it('adds checks and tests', () => {
    expect(summary(sum([checks, count(report(), 0)]))).toBe('9 passed, 0 failed');
    const failed = { ...checks, passed: 3, failed: 1 };
    expect(summary(sum([failed, count(report({ numPendingTests: 2 }), 0)]))).toBe(
      '8 passed, 1 failed, 2 skipped',
    );
  });

  it('counts a file that did not load as a failure', () => {
    const unloaded = { status: 'failed', assertionResults: [] };
    expect(count(report({ testResults: [unloaded] }), 1)).toMatchObject({ failed: 1, ok: false });
  });

  it('is never green when vitest was not', () => {
    expect(summary(sum([checks, count(report(), 1)]))).toBe('9 passed, 1 failed');
    expect(summary(sum([checks, count(null, 1)]))).toBe('4 passed, 1 failed');
  });
});
