import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { phone, sidewaysOverflow } from './app.ts';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What axe, which the page has to have, calls serious or critical, with the elements at fault. */
async function faults(page: Page, runOnly: RunOptions['runOnly']): Promise<string[]> {
  // What passed is not told: to describe every element of the page takes half of the time.
  const options: RunOptions = { runOnly, resultTypes: ['violations'] };
  const { violations }: AxeResults = await page.evaluate(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** Readable in both themes, everything named, and no wider than a phone. Leaves the page dark and narrow. */
export async function expectForEveryone(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  expect(await faults(page, { type: 'tag', values: wcag })).toEqual([]);
  // The structure is the same in the dark; only the colours are not.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-theme=dark]').waitFor();
  expect(await faults(page, ['color-contrast'])).toEqual([]);
  await page.setViewportSize(phone);
  expect(await sidewaysOverflow(page)).toBe(0);
}
