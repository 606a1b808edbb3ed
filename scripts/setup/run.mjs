import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { root } from './paths.mjs';

/**
 * Runs a program in the checkout and collects what it printed. Never rejects for a non-zero exit: the caller words the failure.
 * `aside` leaves the processor to everything else first.
 */
export function run(command, args, { env = {}, onLine, aside = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (aside && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
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

/**
 * Runs a JavaScript tool that prints for itself, or to `write`, for at most `limitMs`. It leads a group of processes, so that
 * whatever it has started ends with it: at the limit (`late`), at a signal to us, and when we end.
 */
export function runShown(file, args, limitMs, write) {
  return new Promise((resolve, reject) => {
    const grouped = process.platform !== 'win32';
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      stdio: write ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      detached: grouped,
    });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', write);
    const end = (signal) => {
      try {
        process.kill(grouped ? -child.pid : child.pid, signal);
      } catch {
        // Nobody is left.
      }
    };
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      end('SIGKILL');
    }, limitMs);
    let asked = false;
    const pass = (signal) => {
      // Who asks twice has waited long enough.
      end(asked ? 'SIGKILL' : signal);
      asked = true;
    };
    const atExit = () => end('SIGKILL');
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    process.on('exit', atExit);
    const settle = (how) => {
      clearTimeout(limit);
      for (const signal of signals) process.removeListener(signal, pass);
      process.removeListener('exit', atExit);
      how();
    };
    child.on('error', (error) => settle(() => reject(error)));
    child.on('exit', (code) => {
      // A worker that hangs outlives its parent.
      end('SIGKILL');
      settle(() => resolve({ code: code ?? 1, late }));
    });
  });
}
