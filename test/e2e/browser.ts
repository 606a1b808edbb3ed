import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The shell first: the same engine without the windows around it, which shows a page in half the time. */
const usualPlaces = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const quietly = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium to test with: the given path, or the first of the usual places; undefined when there is none. */
export function findChromium(chosen: string | undefined = process.env.CHROMIUM_PATH): string | undefined {
  return [chosen, ...usualPlaces].find((path) => path && existsSync(path));
}

const missing =
  'No Chromium was found, so nothing is tested in a browser. Install it (Debian: apt-get install chromium-headless-shell), or name it in CHROMIUM_PATH.';

/** True when the browser tests can run. Without a browser says so, and with `CI=true` refuses to pass over it. */
export function browserIsThere(): boolean {
  if (findChromium()) return true;
  if (process.env.CI === 'true') throw new Error(missing);
  console.warn(`\n${missing}\n`);
  return false;
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(missing);
  return chromium.launch({ executablePath, args: quietly });
}
