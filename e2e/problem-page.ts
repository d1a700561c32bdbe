import type { Locator, Page } from 'playwright-core';
import { settled } from './browser.ts';

/** A photo as a camera gives it: a JPEG of the given size with something to see on it. */
export async function photo(page: Page, name: string, width = 1600, height = 1200) {
  const address = (await page.evaluate(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = ${width}; canvas.height = ${height};
    const d = canvas.getContext('2d');
    d.fillStyle = '#8aa4bf'; d.fillRect(0, 0, ${width}, ${height});
    for (let i = 0; i < 400; i++) { d.fillStyle = 'hsl(' + (i * 37 % 360) + ' 50% 50%)';
      d.fillRect((i * 7919) % ${width}, (i * 104729) % ${height}, ${width} / 20, ${height} / 15); }
    d.fillStyle = '#fff'; d.font = '${Math.round(height / 10)}px sans-serif'; d.fillText(${JSON.stringify(name)}, 40, ${height} / 2);
    return canvas.toDataURL('image/jpeg', 0.9);
  })()`)) as string;
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(address.slice(address.indexOf(',') + 1), 'base64') };
}

/** Puts a photo into a field and waits until it has been sent. */
export async function attach(within: Locator | Page, label: string, file: Awaited<ReturnType<typeof photo>>) {
  await within.getByLabel(label, { exact: true }).setInputFiles(file);
  await within.getByRole('button', { name: `移除 ${file.name}` }).waitFor();
}

/** Chooses in a box that is searched as one types. */
export async function choose(within: Locator | Page, label: string, typed: string): Promise<void> {
  const box = within.getByRole('combobox', { name: label, exact: true });
  await box.fill(typed);
  const page = 'goto' in within ? within : within.page();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().waitFor();
  await box.press('Enter');
}

/** What the registration form is filled with; whatever is left out stays as the form proposes it. */
export interface Registration {
  readonly text: string;
  readonly lead?: string;
  readonly subject?: string;
  readonly photos?: readonly Awaited<ReturnType<typeof photo>>[];
}

/** Registers one problem by the form and gives its number and the address of its page. */
export async function register(page: Page, given: Registration): Promise<{ number: string; address: string }> {
  await page.goto('/problems/new');
  await page.getByLabel(/^一句话说清楚问题/).waitFor();
  for (const one of given.photos ?? []) await attach(page, '照片', one);
  await page.getByLabel(/^一句话说清楚问题/).fill(given.text);
  if (given.subject) await page.getByLabel('对象（不在名录里的，直接写）').fill(given.subject);
  if (given.lead) await choose(page, '责任单位', given.lead);
  await page.getByRole('button', { name: '登记', exact: true }).click();
  const link = page.getByRole('status').getByRole('link', { name: /^问-\d{4}-\d+/ });
  await link.waitFor();
  await settled(page);
  return { number: (await link.textContent()) ?? '', address: (await link.getAttribute('href')) ?? '' };
}
