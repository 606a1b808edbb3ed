import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist } from './paths.mjs';
import { orExplain, setUp } from './set-up.mjs';

/**
 * Sets up, then becomes the server: loading it into this process means that signals, exit code and process id are the
 * server's own, and that a killed `npm start` leaves no server behind.
 */
export async function start() {
  await orExplain(setUp);
  const entry = join(dist, 'services', 'main.js');
  process.argv[1] = entry;
  await import(pathToFileURL(entry).href);
}
