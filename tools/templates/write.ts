import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DocumentForm } from '../../src/modules/letters/form.ts';

const rooms = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'src', 'modules');

/**
 * Writes the templates of a room when its generator is run as a command, and nothing when it is imported. With `--check`
 * only says which are stale. `generator` is the generator's `import.meta.url`; forms and templates have the same keys.
 */
export function writeTemplates<K extends string>(
  generator: string,
  forms: Readonly<Record<K, DocumentForm>>,
  templates: () => Readonly<Record<K, Uint8Array>>,
): void {
  if (process.argv[1] !== fileURLToPath(generator)) return;
  const checks = process.argv.includes('--check');
  let stale = 0;
  for (const [key, bytes] of Object.entries(templates()) as [K, Uint8Array][]) {
    const form = forms[key];
    const folder = join(rooms, form.room, 'templates');
    const path = join(folder, `${form.word}.docx`);
    if (existsSync(path) && readFileSync(path).equals(bytes)) continue;
    stale += 1;
    if (checks) console.log(`stale: ${path}`);
    else {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, bytes);
    }
  }
  process.exitCode = checks && stale > 0 ? 1 : 0;
}
