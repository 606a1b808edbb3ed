import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dist, root, tools } from './paths.mjs';
import { runTool } from './run.mjs';
import { filesBelow, hashOf, readStamp, writeStamp } from './stamp.mjs';
import { SetupError, step } from './steps.mjs';

const config = join(root, 'chat-ui', 'vite.config.ts');
const stamp = join(dist, '.page');
const inputs = ['chat-ui', 'contracts', 'client', 'package.json', 'package-lock.json'];

const sources = () =>
  inputs.flatMap((path) => filesBelow(join(root, path))).filter((file) => !/\.test\.tsx?$/.test(file));

/** True when there is no page to build or it was built from the sources as they are now. */
export function isPageBuilt(hash) {
  if (!existsSync(config)) return true;
  return readStamp(stamp) === (hash ?? hashOf(sources())) && existsSync(join(dist, 'chat-ui', 'index.html'));
}

/** Builds the page to `dist/chat-ui` with Vite, unless nothing changed. */
export async function buildPage() {
  const hash = hashOf(sources());
  if (isPageBuilt(hash)) return;
  await step('Building the page', async () => {
    const outcome = await runTool(tools.vite, ['build', '--config', config], {
      env: { NODE_ENV: 'production' },
    });
    if (!outcome.ok) throw new SetupError(`The page does not build.\n\n${outcome.output}`);
  });
  writeStamp(stamp, hash);
}
