import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dist, root, tools } from './paths.mjs';
import { runTool } from './run.mjs';
import { filesBelow, hashOf, readStamp, writeStamp } from './stamp.mjs';
import { SetupError, step } from './steps.mjs';

const config = join(root, 'chat-ui', 'vite.config.ts');
const stamp = join(dist, '.page');
const inputs = ['chat-ui', 'contracts', 'client', 'package.json', 'package-lock.json'];

/** Builds the page to `dist/chat-ui` with Vite, unless nothing changed. */
export async function buildPage() {
  if (!existsSync(config)) return;
  const files = inputs
    .flatMap((path) => filesBelow(join(root, path)))
    .filter((file) => !/\.test\.tsx?$/.test(file));
  const hash = hashOf(files);
  if (readStamp(stamp) === hash && existsSync(join(dist, 'chat-ui', 'index.html'))) return;
  await step('Building the page', async () => {
    const outcome = await runTool(tools.vite, ['build', '--config', config], {
      env: { NODE_ENV: 'production' },
    });
    if (!outcome.ok) throw new SetupError(`The page does not build.\n\n${outcome.output}`);
  });
  writeStamp(stamp, hash);
}
