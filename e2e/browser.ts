import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '../src/platform/documents/print.ts';

/** The three sizes that every page is looked at in: office screen, phone, wall. */
export const sizes = {
  office: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  wall: { width: 1920, height: 1080 },
} as const;
export type Size = keyof typeof sizes;

export { chromiumPath };

/** Starts Chromium without its background traffic. Throws when there is none: ask `chromiumPath` first. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null)
    throw new Error('Chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=zh-CN',
    ],
  });
}

/** What went wrong in the page itself: errors thrown and written to its console. */
export interface Watched {
  readonly page: Page;
  readonly errors: string[];
}

/** A fresh page with its own cookies; every error in it is gathered. */
export async function openPage(browser: Browser, origin: string, size: Size = 'office'): Promise<Watched> {
  const context = await browser.newContext({
    viewport: sizes[size],
    baseURL: origin,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...(size === 'phone' ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push((error.stack ?? error.message).split('\n').slice(0, 6).join(' ')));
  page.on('console', (message) => {
    // A refusal is an answer, not an error of the page, though the browser writes its status into the console.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) errors.push(message.text());
  });
  return { page, errors };
}

/** Signs in by the form and waits for the house to open. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('登录名', { exact: true }).fill(login);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: '退出', exact: true }).waitFor();
}

/** Waits until nothing is being read any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  // Asked from outside again and again: the page's content security policy forbids it to evaluate the question itself.
  const deadline = Date.now() + 30_000;
  const busy = `document.querySelector('.g-loading, [aria-busy="true"], .ant-spin-spinning') !== null`;
  while (await page.evaluate(busy)) {
    if (Date.now() > deadline) throw new Error(`${page.url()} is still reading after 30 s`);
    await page.waitForTimeout(50);
  }
}

/** Saves a picture of the page (or its whole length) and gives the file's path. */
export async function shoot(page: Page, file: string, whole = false): Promise<string> {
  mkdirSync(dirname(file), { recursive: true });
  await settled(page);
  await page.screenshot({ path: file, fullPage: whole });
  return file;
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** One line for every element that breaks WCAG 2 A/AA, as axe sees it. */
export async function violations(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // By evaluation and not by a script element: the page's content security policy forbids the latter.
  await page.evaluate(source);
  const result = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })`,
  )) as AxeResult;
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help}: ${node.html.slice(0, 200)}`),
  );
}
