import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';

const source = join(import.meta.dirname, '../src/field');

/** Everything that the page needs to open, by address, and a version that changes with any byte of it. */
function shellOf(folder: string): { version: string; files: string[] } {
  const hash = createHash('sha256');
  const files: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(gz|br)$|^worker\.js$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    hash.update(readFileSync(path));
    const address = path.slice(folder.length).replaceAll('\\', '/');
    files.push(address === '/index.html' ? '/field' : `/field${address}`);
  }
  return { version: hash.digest('hex').slice(0, 12), files: files.sort() };
}

const common: InlineConfig = { configFile: false, root: source, base: '/field/', logLevel: 'warn' };

/**
 * Builds the small page for phones into its own folder, then its service worker, which carries the list of the page's
 * files. No component library, one script, one style sheet; Chromium 80 and later.
 */
export async function buildFieldPages(folder: string): Promise<void> {
  const target = { target: 'chrome80', cssTarget: 'chrome80', modulePreload: { polyfill: false } } as const;
  await build({ ...common, build: { ...target, outDir: folder, emptyOutDir: true } });
  await build({
    ...common,
    publicDir: false,
    define: { __SHELL__: JSON.stringify(shellOf(folder)) },
    build: {
      ...target,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: join(source, 'worker.ts'),
        output: { format: 'iife', entryFileNames: 'worker.js' },
      },
    },
  });
}
