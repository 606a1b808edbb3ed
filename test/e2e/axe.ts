import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { phone, sidewaysOverflow } from './app.ts';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What axe calls serious or critical, with the elements at fault. */
async function faults(axe: AxeBuilder): Promise<string[]> {
  // Else every look opens a page of its own to put frames together, and there are no frames.
  const { violations } = await axe.setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** Readable in both themes, everything named, and no wider than a phone. Leaves the page dark and narrow. */
export async function expectForEveryone(page: Page): Promise<void> {
  expect(await faults(new AxeBuilder({ page }).withTags(wcag))).toEqual([]);
  // The structure is the same in the dark; only the colours are not.
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-theme=dark]').waitFor();
  expect(await faults(new AxeBuilder({ page }).withRules(['color-contrast']))).toEqual([]);
  await page.setViewportSize(phone);
  expect(await sidewaysOverflow(page)).toBe(0);
}
