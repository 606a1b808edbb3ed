// `npm run screenshots`: the pictures of the README, from the real models.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { ParlanceClient } from '#client';
import type { Role } from '#contracts';
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

const question = encodeURIComponent('What does a call cost in Zone 2 without a pass?');
const found = async (page: Page) => {
  await page.getByText('The bot would').waitFor();
  // As for the playground: once more, for what anyone will see.
  await page.reload();
  await page.getByText('The bot would').waitFor();
};

const password = 'a sentence nobody guesses';

/** Those who work for the sample company, whose articles a first start brings along. */
async function staff(client: ParlanceClient): Promise<void> {
  const [billing, spanish] = [
    await client.teams.create({ name: 'Billing' }),
    await client.teams.create({ name: 'Spanish' }),
  ];
  const people: { name: string; roles: Role[]; teamIds: string[] }[] = [
    { name: 'Ada Brandt', roles: ['admin', 'agent'], teamIds: [billing.id] },
    { name: 'Benedikt Morgenstern', roles: ['agent'], teamIds: [billing.id, spanish.id] },
    { name: 'Carla Ruiz', roles: ['agent', 'reviewer'], teamIds: [spanish.id] },
    { name: 'Dan Okafor', roles: ['trainer'], teamIds: [] },
  ];
  for (const { name, roles, teamIds } of people) {
    const email = `${name.split(' ')[0]?.toLowerCase()}@orrin.example`;
    const { token = '' } = await client.invitations.create({ email, roles, teamIds });
    await client.invitations.accept(token, { name, password });
  }
}

const ask = async (page: Page, text: string, answer: string) => {
  await page.getByRole('textbox', { name: 'Your message' }).fill(text);
  await page.keyboard.press('Enter');
  await page
    .getByRole('listitem')
    .filter({ hasText: answer })
    .getByRole('button', { name: 'Copy answer' })
    .waitFor();
  await page.mouse.move(0, 0);
};
const roaming = async (page: Page) => {
  await ask(page, 'What does a call cost in Zone 2 without a pass?', '€0.60');
  await ask(page, 'Can I return a pass that I have not used?', '14 days');
};
const cancelling = async (page: Page) => {
  await ask(page, 'Can I return a pass that I have not used?', '14 days');
  await ask(page, 'I want to cancel', 'which of these');
};

/** Opens a customer's conversation once something has happened in it. */
const opened = (name: string, happened: string) => async (page: Page) => {
  await page.getByRole('link').filter({ hasText: name }).click();
  await page.getByRole('region', { name: 'Transcript' }).getByText(happened).last().waitFor();
  await page.mouse.move(0, 0);
};

/** The customers of the demo play by themselves at a first start; waits until one has nothing more to say. */
async function demo(client: ParlanceClient, customer: string): Promise<void> {
  for (;;) {
    const { entries } = await client.desk.list({ view: 'unassigned' });
    if (entries.some((entry) => entry.customerName === customer)) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Waits until every article is read. */
async function articles(client: ParlanceClient): Promise<void> {
  for (;;) {
    const { sources } = await client.knowledge.sources.list();
    if (sources.length >= 40 && sources.every((source) => source.state === 'ready')) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

interface Picture {
  file: string;
  path: string;
  size: { width: number; height: number };
  scale: number;
  prepare: (page: Page) => Promise<unknown>;
  dark?: boolean;
  /** Whose page it is; else that of whoever sits at the machine. */
  as?: string;
}

const ada = 'ada@orrin.example';
const pictures: Picture[] = [
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
  {
    file: 'knowledge-search.png',
    path: `/knowledge?tab=search&q=${question}`,
    size: { width: 1440, height: 900 },
    scale: 1,
    prepare: found,
  },
  {
    file: 'knowledge-phone.png',
    path: `/knowledge?tab=search&q=${question}`,
    size: { width: 360, height: 780 },
    scale: 2,
    prepare: found,
  },
  {
    file: 'people.png',
    path: '/people',
    size: { width: 1440, height: 900 },
    scale: 1,
    prepare: (page: Page) => page.getByText('Ada Brandt').waitFor(),
  },
  { file: 'chat-desktop.png', path: '/chat', size: { width: 1440, height: 900 }, scale: 1, prepare: roaming },
  { file: 'chat-phone.png', path: '/chat', size: { width: 360, height: 780 }, scale: 2, prepare: cancelling },
  {
    file: 'desk-desktop.png',
    path: '/desk',
    size: { width: 1440, height: 900 },
    scale: 1,
    as: ada,
    prepare: opened('Tom Brennan', 'The customer asked for a person'),
  },
  {
    file: 'desk-dark.png',
    path: '/desk',
    size: { width: 1440, height: 900 },
    scale: 1,
    as: ada,
    dark: true,
    prepare: opened('Aoife Daly', 'easier than I expected'),
  },
  {
    file: 'desk-phone.png',
    path: '/desk',
    size: { width: 360, height: 780 },
    scale: 2,
    as: ada,
    prepare: (page) => page.getByText('Tom Brennan').waitFor(),
  },
];

async function take(browser: Browser, url: string, { file, path, size, scale, prepare, dark, as }: Picture) {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: scale,
    reducedMotion: 'reduce',
    colorScheme: dark ? 'dark' : 'light',
  });
  if (as) await context.request.post(`${url}/api/v1/session`, { data: { email: as, password } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
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
  const client = new ParlanceClient({ baseUrl: server.url });
  await Promise.all([staff(client), articles(client)]);
  await demo(client, 'Tom Brennan');
  for (const picture of pictures) await take(browser, server.url, picture);
} finally {
  await browser.close();
  await server.dispose();
}
