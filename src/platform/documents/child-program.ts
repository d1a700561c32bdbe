import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = resolve(fileURLToPath(import.meta.url), '../../..');

/**
 * What to start as a process of its own for the module `module` (a file of `src/`): its packed twin where this process
 * runs packed (`bin/guatu` names the folder), else the module itself. `megabytes` limits the memory.
 */
export function childProgram(module: URL, megabytes: number): { readonly path: string; readonly execArgv: string[] } {
  const file = fileURLToPath(module);
  const memory = `--max-old-space-size=${megabytes}`;
  const folder = process.env.GUATU_PACKED;
  if (folder === undefined) return { path: file, execArgv: ['--import', import.meta.resolve('tsx'), memory] };
  const name = relative(source, file).replace(/\.ts$/, '').split(sep).join('.');
  return { path: join(folder, `${name}.mjs`), execArgv: [memory] };
}
