import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** Runs a program in the checkout and collects what it printed. Never rejects for a non-zero exit: the caller words the failure. */
export function run(command, args, { env = {}, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
      onLine?.(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ ok: code === 0, code: code ?? 1, signal, output: output.trim() }),
    );
  });
}

/** Runs a JavaScript tool with this Node. */
export const runTool = (file, args, options) => run(process.execPath, [file, ...args], options);
