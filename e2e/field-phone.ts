import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { camera } from '../src/platform/files/picture-material.ts';
import { chromiumPath, sizes } from './browser.ts';

/** The line between the phone and the product: it can be cut, which no setting of a browser can hide from its worker. */
export interface Line {
  readonly origin: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A line to the product at `origin`, on a port of its own that stays the same. */
export async function openLine(origin: string): Promise<Line> {
  const { port } = new URL(origin);
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((phone) => {
    if (!open) return void phone.destroy();
    const product = connect(Number(port), '127.0.0.1');
    for (const socket of [phone, product]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    phone.on('error', () => product.destroy());
    product.on('error', () => phone.destroy());
    phone.pipe(product).pipe(phone);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    origin: `http://127.0.0.1:${address.port}`,
    cut: () => {
      open = false;
      hangUp();
    },
    mend: () => {
      open = true;
    },
    close: async () => {
      hangUp();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A phone: its browser can be closed and opened again, what it keeps stays. */
export class Phone {
  readonly #folder = mkdtempSync(join(tmpdir(), 'guatu-phone-'));
  readonly #line: Line;
  #context: BrowserContext | null = null;
  readonly errors: string[] = [];

  constructor(line: Line) {
    this.#line = line;
  }

  /** Opens the browser; gives its one page, at no address yet. */
  async open(): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      executablePath: chromiumPath() ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-component-update', '--lang=zh-CN'],
      viewport: sizes.phone,
      baseURL: this.#line.origin,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
      userAgent:
        'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
      permissions: ['geolocation'],
      geolocation: { longitude: 119.2, latitude: 34.6 },
    });
    const page = this.#context.pages()[0] ?? (await this.#context.newPage());
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      const text = message.text();
      if (
        message.type() === 'error' &&
        !/status of 4\d\d|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|ERR_CONNECTION/.test(text)
      )
        this.errors.push(text);
    });
    page.on('dialog', (dialog) => void dialog.accept());
    return page;
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the phone is switched off');
    return this.#context;
  }

  async offline(): Promise<void> {
    this.#line.cut();
    await this.context.setOffline(true);
  }

  async online(): Promise<void> {
    this.#line.mend();
    await this.context.setOffline(false);
  }

  /** The browser is closed as a person closes it. */
  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A picture as a camera makes it: real pixels in the given size, with time and place in its notes. */
export async function cameraPicture(
  page: Page,
  what: { readonly width: number; readonly height: number; readonly seed: number; readonly taken?: string },
): Promise<Buffer> {
  const made = (await page.evaluate(`(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = ${what.width};
    canvas.height = ${what.height};
    const context = canvas.getContext('2d');
    for (let i = 0; i < 600; i += 1) {
      context.fillStyle = 'hsl(' + ((i * 37 + ${what.seed} * 91) % 360) + ',60%,' + (20 + (i % 60)) + '%)';
      context.fillRect((i * 131 * ${what.seed + 1}) % canvas.width, (i * 173) % canvas.height, canvas.width / 9, canvas.height / 7);
    }
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
    return await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
      reader.readAsDataURL(blob);
    });
  })()`)) as string;
  const plain = Buffer.from(made, 'base64');
  if (!what.taken) return plain;
  const notes = Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    camera({ taken: what.taken, longitude: 119.2, latitude: 34.6 }),
  ]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(notes.length + 2, 2);
  return Buffer.concat([plain.subarray(0, 2), head, notes, plain.subarray(2)]);
}

/** Now, as a camera writes it. */
export const cameraNow = (): string =>
  new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
