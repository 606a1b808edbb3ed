import { pathToFileURL } from 'node:url';
import { programFile } from './programs.mjs';
import { orExplain, setUp } from './set-up.mjs';

/**
 * Sets up, then becomes the server: loading it into this process means that signals, exit code and process id are the
 * server's own.
 */
export async function start() {
  if (process.env.npm_lifecycle_event) followParent();
  await orExplain(setUp);
  const entry = programFile('server');
  process.argv[1] = entry;
  await import(pathToFileURL(entry).href);
}

/**
 * npm runs a script through a shell, and a SIGTERM for npm ends that shell without reaching us. When our parent is
 * gone, nobody wants the server any more.
 */
function followParent() {
  const parent = process.ppid;
  let handled = false;
  const timer = setInterval(() => {
    const listening = process.listenerCount('SIGTERM') > 0;
    handled ||= listening;
    if (process.ppid === parent) return;
    clearInterval(timer);
    // Once the server's handler is used up it is stopping already; a second signal would cut that short.
    if (listening || !handled) process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}
