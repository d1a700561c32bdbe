import { rmSync } from 'node:fs';
import { openBrowser } from '../e2e/browser.ts';
import { dataFolder, startProduct, stop } from '../src/app/testing.ts';
import { atMost, type Measured } from './measured.ts';

interface Shown {
  readonly demoAccounts?: readonly { readonly login: string; readonly password: string }[];
}

/** Milliseconds from the start of the navigation to the first text or picture. */
const PAINTED = `new Promise((done) => {
  const found = () => performance.getEntriesByName('first-contentful-paint')[0];
  const look = () => (found() ? done(found().startTime) : setTimeout(look, 20));
  look();
})`;

/** Second start with the embedded database, and the first paint of pages in Chromium. Each the best of three. */
export async function measureOpening(): Promise<Measured[]> {
  const dataDir = dataFolder();
  try {
    await stop(await startProduct(dataDir));
    const starts: number[] = [];
    for (let at = 0; at < 2; at++) {
      const begun = performance.now();
      const again = await startProduct(dataDir);
      starts.push(performance.now() - begun);
      await stop(again);
    }
    const begun = performance.now();
    const product = await startProduct(dataDir);
    starts.push(performance.now() - begun);
    try {
      const painted = await paints(product.origin);
      return [
        atMost('second start with the embedded database', Math.min(...starts) / 1000, 3, 's'),
        ...painted.map(({ page, ms }) => atMost(`first paint in Chromium: ${page}`, ms / 1000, 1.5, 's')),
      ];
    } finally {
      await stop(product);
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function paints(origin: string): Promise<{ page: string; ms: number }[]> {
  const { demoAccounts = [] } = (await (await fetch(`${origin}/api/session`)).json()) as Shown;
  const officer = demoAccounts.find((account) => account.login.startsWith('awb'));
  if (!officer) throw new Error('the demonstration shows no account of the committee office');
  const browser = await openBrowser();
  try {
    const login: number[] = [];
    const board: number[] = [];
    const figures: number[] = [];
    for (let at = 0; at < 3; at++) {
      // A new context: nothing of the pages is in the browser's cache.
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
      const page = await context.newPage();
      await page.goto(origin);
      login.push(await page.evaluate<number>(PAINTED));
      await page.getByLabel('登录名', { exact: true }).fill(officer.login);
      await page.getByLabel('密码', { exact: true }).fill(officer.password);
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.getByRole('button', { name: '退出', exact: true }).waitFor();
      const begun = performance.now();
      await page.goto(`${origin}/wall`);
      await page.getByText('办结率').first().waitFor();
      figures.push(performance.now() - begun);
      board.push(await page.evaluate<number>(PAINTED));
      await context.close();
    }
    return [
      { page: 'sign-in page, nothing cached', ms: Math.min(...login) },
      { page: 'board, signed in', ms: Math.min(...board) },
      { page: 'board with its figures', ms: Math.min(...figures) },
    ];
  } finally {
    await browser.close();
  }
}
