import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { ParlanceClient } from '#client';
import { useApp } from './app.ts';
import { expectForEveryone } from './axe.ts';
import { browserIsThere } from './browser.ts';

const text = encodeURIComponent(
  'I waited forty minutes and nobody could find my order, but the agent was kind.',
);
const lines = encodeURIComponent('one text\nanother text\na third, rather longer text than the others are');
const transcript = encodeURIComponent(
  'Customer: I want to return a lamp.\nAgent: I have sent the label.\nCustomer: Perfect, thank you.',
);
const run = async (page: Page) => {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Round trip', { exact: true }).waitFor();
};

/** Every page and what has to be there before it is looked at. */
const places: { name: string; path: string; prepare: (page: Page) => Promise<unknown> }[] = [
  { name: 'empty playground', path: '/', prepare: (page) => page.getByText('Complaint').first().waitFor() },
  { name: 'sentiment', path: `/?options=explain,sentences&text=${text}`, prepare: run },
  { name: 'many sentiments', path: `/?many=true&text=${lines}`, prepare: run },
  { name: 'embeddings', path: `/?task=embeddings&text=${lines}`, prepare: run },
  { name: 'summary', path: `/?task=summaries&options=kind%3Dtext&text=${text}`, prepare: run },
  { name: 'conversation', path: `/?task=summaries&text=${transcript}`, prepare: run },
  { name: 'translation', path: `/?task=translations&text=${text}`, prepare: run },
  { name: 'redaction', path: `/?task=redactions&text=${text}`, prepare: run },
  { name: 'classification', path: `/?task=classifications&text=${text}`, prepare: run },
  { name: 'JSON', path: `/?view=json&text=${text}`, prepare: run },
  { name: 'code', path: `/?view=code&text=${text}`, prepare: (page) => page.getByText('curl -sS').waitFor() },
  { name: 'models', path: '/models', prepare: (page) => page.getByText('Licence').first().waitFor() },
  {
    name: 'model',
    path: '/models/all-MiniLM-L6-v2',
    prepare: (page) => page.getByText('Model card').waitFor(),
  },
  { name: 'keys', path: '/keys', prepare: (page) => page.getByText('a rather long name').waitFor() },
  { name: 'new key', path: '/keys?create=true', prepare: (page) => page.getByRole('dialog').waitFor() },
  {
    name: 'audit log',
    path: '/keys?tab=audit',
    prepare: (page) => page.getByText('key.created').first().waitFor(),
  },
  {
    name: 'evaluation',
    path: '/evaluation',
    prepare: (page) => page.getByText('Nothing was measured yet').waitFor(),
  },
  {
    name: 'new evaluation',
    path: '/evaluation?start=true',
    prepare: (page) => page.getByRole('radio', { name: /^Sentiment/ }).waitFor(),
  },
  {
    name: 'comparison',
    path: '/evaluation/compare',
    prepare: (page) => page.getByText('Which two runs?').waitFor(),
  },
  {
    name: 'trends',
    path: '/evaluation/trends?suite=sentiment',
    prepare: (page) => page.getByText('No run of this suite yet').waitFor(),
  },
  { name: 'settings', path: '/settings', prepare: (page) => page.getByText('PGlite, embedded').waitFor() },
  { name: 'nothing', path: '/nowhere', prepare: (page) => page.getByText('There is nothing').waitFor() },
  {
    name: 'palette',
    path: '/models',
    prepare: async (page) => {
      await page.getByText('Licence').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
];

describe.runIf(browserIsThere())('for everyone', () => {
  const app = useApp();

  it('has something to show', async () => {
    const client = new ParlanceClient({ baseUrl: app.url });
    await client.keys.create({
      name: 'a rather long name that a careful person gave to this key',
      scopes: ['inference', 'admin'],
    });
  });

  it.each(places)('is readable, named and narrow enough: $name', async ({ path, prepare }) => {
    const page = await app.open(path);
    await prepare(page);
    await expectForEveryone(page);
  });
});
