import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const module = new URL('./command-line.mjs', import.meta.url).href;

function exitWith(work) {
  const code = `const { exitWith } = await import(${JSON.stringify(module)}); void exitWith(${work});`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  return { status, stderr };
}

it('ends with the code of the work', () => {
  expect(exitWith('async () => 3')).toEqual({ status: 3, stderr: '' });
  expect(exitWith('async () => 0')).toEqual({ status: 0, stderr: '' });
});

it('never ends with 0 when nothing keeps the process alive before the work is done', () => {
  expect(exitWith('() => new Promise(() => {})')).toEqual({
    status: 1,
    stderr: 'Parlance ended before its work was done.\n',
  });
});
