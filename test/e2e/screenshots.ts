// `npm run screenshots`: the pictures of the README, from the real models.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { startServer } from './server.ts';

const folder = fileURLToPath(new URL('../../docs/images', import.meta.url));
const text =
  'I waited forty minutes and nobody could find my order. The agent who called me back was kind, though, and solved it at once.';
const playground = `/?options=explain,sentences&text=${encodeURIComponent(text)}`;

async function run(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Run', exact: true });
  await button.click();
  await page.getByText('Round trip', { exact: true }).waitFor();
  // Once more: the first run of a new process is slower than what anyone will see.
  await button.click();
  await page.locator('[aria-busy=false]').waitFor();
  // The button under the pointer would be shown as hovered.
  await page.mouse.move(0, 0);
}

const pictures = [
  {
    file: 'playground-desktop.png',
    path: playground,
    size: { width: 1440, height: 900 },
    scale: 1,
    prepare: run,
  },
  {
    file: 'playground-phone.png',
    path: playground,
    size: { width: 390, height: 844 },
    scale: 2,
    prepare: run,
  },
  {
    file: 'models.png',
    path: '/models',
    size: { width: 1440, height: 900 },
    scale: 1,
    prepare: (page: Page) => page.getByText('Licence').first().waitFor(),
  },
];

async function take(
  browser: Browser,
  url: string,
  { file, path, size, scale, prepare }: (typeof pictures)[number],
) {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url + path);
  await prepare(page);
  // Toasts, tooltips and the smooth scroll of a phone come to rest.
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(folder, file) });
  await context.close();
  console.log(`docs/images/${file}`);
}

mkdirSync(folder, { recursive: true });
const [server, browser] = await Promise.all([
  startServer({ env: { PARLANCE_ENGINE: 'onnx' } }),
  launchBrowser(),
]);
try {
  for (const picture of pictures) await take(browser, server.url, picture);
} finally {
  await browser.close();
  await server.dispose();
}
