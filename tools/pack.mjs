// Packs the server's modules into a few files, so that a start reads five files instead of nine hundred. Done when a
// command finds that its sources have changed since the last time (under a second); docs/decisions/0018 says why.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

const here = resolve(import.meta.dirname, '..');

/** What is started as a process of its own: files of `src/`. */
const ownPrograms = [
  'app/main.ts',
  'app/extract.ts',
  'modules/plans/server/reader-child.ts',
  'modules/problems/server/batches/reader-child.ts',
  'platform/documents/sheet-child.ts',
];

/** 'app/main.ts' is packed as 'app.main.mjs': all packed files lie in one folder. */
const programName = (path) => path.replace(/\.ts$/, '').split('/').join('.');

/** Packages of hundreds of small files are packed too; the others stay where they are installed. */
const packedPackages = /^(kysely|typebox)(\/|$)/;

/** Packs that a process started before an upgrade may still read from. */
const KEPT = 3;

/**
 * The folder with the packed modules of the sources as they are now; packs them when there is none. Safe to call from
 * several processes at once. `root` is the folder that holds `src/` and `package-lock.json`.
 */
export async function packed(root = here, programs = ownPrograms) {
  const folder = join(root, 'dist', 'server');
  const place = join(folder, stamp(root));
  if (existsSync(place)) return place;
  mkdirSync(folder, { recursive: true });
  const making = mkdtempSync(join(folder, 'making-'));
  try {
    await pack(join(root, 'src'), programs, making);
    chmodSync(making, 0o755);
    renameSync(making, place);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // another process was quicker
    if (!existsSync(place)) throw error;
  }
  removeOld(folder, place);
  return place;
}

/** Says of which sources a pack was made: their names, sizes and times of change, the packages' versions, this file. */
function stamp(root) {
  const hash = createHash('sha256');
  const source = join(root, 'src');
  const names = readdirSync(source, { recursive: true }).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const files = [
    join(root, 'package-lock.json'),
    import.meta.filename,
    ...names.sort().map((name) => join(source, name)),
  ];
  for (const file of files) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function pack(source, programs, out) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: Object.fromEntries(programs.map((name) => [programName(name), join(source, name)])),
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
    plugins: [packagesStay, sourcesStay(source, out)],
  });
}

const packagesStay = {
  name: 'packages-stay',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || packedPackages.test(path) ? null : { path, external: true },
    );
  },
};

/** A packed module that looks for files beside itself (scripts, templates, data) still finds them beside its source. */
const sourcesStay = (source, out) => ({
  name: 'sources-stay',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!path.startsWith(source + sep)) return null;
      const text = readFileSync(path, 'utf8');
      if (/import\.meta\.(dirname|filename)/.test(text)) throw new Error(`${path}: use import.meta.url`);
      const fromPack = JSON.stringify(relative(out, path).split(sep).join('/'));
      return {
        loader: 'ts',
        contents: text.replaceAll('import.meta.url', `new URL(${fromPack}, import.meta.url).href`),
      };
    });
  },
});

function removeOld(folder, place) {
  const others = readdirSync(folder)
    .filter((name) => !name.startsWith('making-'))
    .map((name) => join(folder, name))
    .filter((path) => path !== place)
    .map((path) => ({ path, at: statSync(path).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of others.slice(KEPT - 1)) rmSync(path, { recursive: true, force: true });
}

if (process.argv[1] === import.meta.filename) await packed();
