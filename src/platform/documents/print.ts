import { existsSync } from 'node:fs';

/** Where a Chromium may stand; CHROMIUM names another one. */
const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium of this machine, or null where there is none: printing is then left to the reader's own browser. */
export const chromiumPath = (): string | null =>
  places.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;

let printing: Promise<unknown> = Promise.resolve();

/**
 * Prints a self-contained page to PDF with the paper size of its own CSS. One at a time: a browser takes 200 MB. The page
 * gets no network and no scripts. Throws when Chromium is missing or takes longer than 30 s.
 */
export function printPage(html: string): Promise<Buffer> {
  const job = printing.then(() => print(html));
  printing = job.catch(() => {});
  return job;
}

async function print(html: string): Promise<Buffer> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('no Chromium on this machine');
  // half a second to load, and needed by nobody until a page is printed
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    timeout: 30_000,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.setContent(html, { waitUntil: 'load' });
    return await page.pdf({ preferCSSPageSize: true, printBackground: true });
  } finally {
    await browser.close();
  }
}
