import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Types a day into its field as people do, and again where the page was still being drawn and did not take it. */
export async function pickDay(within: Locator | Page, label: string, day: string): Promise<void> {
  const field = within.getByLabel(label, { exact: true });
  for (let tries = 0; tries < 5; tries += 1) {
    await field.click();
    await field.fill(day);
    await field.press('Enter');
    await field.press('Tab');
    // a page that did not take it shows the old day again once it is drawn
    await field.page().waitForTimeout(200);
    if ((await field.inputValue()) === day) break;
  }
  await expect.poll(() => field.inputValue()).toBe(day);
}
