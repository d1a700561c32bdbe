import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openPage, type Size, settled, shoot, sizes, violations, type Watched } from './browser.ts';

/**
 * What axe finds inside the component library and no setting takes away: pattern of the finding, and its cause.
 * Nothing of our own pages belongs here.
 */
const insideLibrary: readonly { readonly finding: RegExp; readonly cause: string }[] = [
  {
    finding: /^aria-required-children: .*class="ant-tabs-nav"/,
    cause: 'antd Tabs: where not all tabs fit, the button with the rest stands inside the tablist',
  },
];

/** Which of the page's findings are ours. */
export async function ownViolations(page: Page): Promise<string[]> {
  return (await violations(page)).filter((line) => !insideLibrary.some((known) => known.finding.test(line)));
}

/** By how many pixels the page is wider than the window; 0 when nothing has to be scrolled sideways. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate('Math.max(0, document.scrollingElement.scrollWidth - window.innerWidth)') as Promise<number>;

/** The same person at three sizes: office screen, phone, wall. */
export interface Eyes {
  readonly at: Readonly<Record<Size, Watched>>;
  close(): Promise<void>;
}

/** Opens the three sizes with the session of a page that is signed in. */
export async function openEyes(browser: Browser, origin: string, signedIn: Page): Promise<Eyes> {
  const cookies = await signedIn.context().cookies();
  const entries: [Size, Watched][] = [];
  for (const size of Object.keys(sizes) as Size[]) {
    const watched = await openPage(browser, origin, size);
    await watched.page.context().addCookies(cookies);
    entries.push([size, watched]);
  }
  const at = Object.fromEntries(entries) as unknown as Record<Size, Watched>;
  return {
    at,
    close: async () => {
      for (const [, watched] of entries) await watched.page.context().close();
    },
  };
}

/**
 * Opens an address at the three sizes: no finding of axe, nothing to scroll sideways, no error in the console. With
 * GUATU_SHOTS a picture of each is saved there. Gives all troubles, so that one run names them all.
 */
export async function look(eyes: Eyes, address: string, name: string): Promise<string[]> {
  const troubles: string[] = [];
  await Promise.all(
    (Object.keys(eyes.at) as Size[]).map(async (size) => {
      const { page, errors } = eyes.at[size];
      await page.goto(address);
      await settled(page);
      // Pages for the wall are looked at there too; on the others axe would find what it finds in the office.
      const checked = size !== 'wall' || address.startsWith('/wall') ? await ownViolations(page) : [];
      const found = [
        ...checked,
        ...errors.splice(0).map((error) => `console: ${error}`),
        ...((await tooWide(page)) > 0 ? [`wider than the window by ${await tooWide(page)} px`] : []),
      ];
      troubles.push(...found.map((trouble) => `${name} ${size}: ${trouble}`));
      if (process.env.GUATU_SHOTS)
        await shoot(page, join(process.env.GUATU_SHOTS, `${name}-${size}.png`), size === 'phone');
    }),
  );
  return troubles;
}

/** Expects that nothing is wrong with the page as it now stands (a dialog open, a form half filled). */
export async function expectSound(page: Page, name: string): Promise<void> {
  await settled(page);
  if (process.env.GUATU_SHOTS) await shoot(page, join(process.env.GUATU_SHOTS, `${name}.png`));
  expect(await ownViolations(page), name).toEqual([]);
  expect(await tooWide(page), `${name} is wider than the window`).toBe(0);
}
