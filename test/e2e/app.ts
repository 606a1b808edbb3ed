import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 360, height: 740 };

/** A busy machine of two cores may need most of this for a server and a browser at once. */
const startMs = 150_000;

export interface PageOptions {
  size?: { width: number; height: number };
  theme?: 'light' | 'dark';
}

/** A server and a browser for one test file. */
export interface App {
  readonly url: string;
  readonly server: TestServer;
  readonly browser: Browser;
  /** A fresh visitor on the given path. */
  open(path: string, options?: PageOptions): Promise<Page>;
  /** Replaces the server by another, for instance after it was stopped. */
  use(server: TestServer): void;
}

/**
 * Starts the server and the browser around the tests of a file. After each test the pages close, and a script error or a
 * refused resource on any of them fails it.
 */
export function useApp(serverOptions: ServerOptions = {}): App {
  let server: TestServer;
  let browser: Browser;
  let contexts: BrowserContext[] = [];
  let faults: string[] = [];

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(serverOptions), launchBrowser()]);
  }, startMs);
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    const seen = faults;
    faults = [];
    expect(seen).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  return {
    get url() {
      return server.url;
    },
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    use(next) {
      server = next;
    },
    async open(path, { size = desktop, theme = 'light' } = {}) {
      const context = await browser.newContext({
        viewport: size,
        colorScheme: theme,
        permissions: ['clipboard-read', 'clipboard-write'],
        reducedMotion: 'reduce',
      });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (/Content Security Policy|Refused to|'[a-z]+-src'/.test(message.text()))
          faults.push(message.text());
      });
      await page.goto(server.url + path);
      return page;
    },
  };
}

/** How far the page can be scrolled sideways, in pixels. */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** What was copied last. */
export const clipboard = (page: Page): Promise<string> => page.evaluate('navigator.clipboard.readText()');
