// `npm test`: everything that must hold, in the order in which a mistake shows soonest. Fails when anything fails.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringNeeds, postgres15Folder } from './needs.mjs';

const missing = bringNeeds();
for (const need of missing)
  console.log(
    `缺少 ${need.name}：因此跳过${need.skips}。Debian 上可用 apt-get install ${need.packages.join(' ')} 安装。`,
  );

const bin = (name) => join('node_modules', '.bin', name);
const failed = [];
const took = [];
const counted = { passed: 0, failed: 0, skipped: 0 };

function step(name, command, args, env = {}) {
  const begun = Date.now();
  console.log(`\n── ${name}`);
  const done = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  took.push(`${name}: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  if (done.status !== 0) failed.push(name);
}

/** A step whose tests are counted; a runner that dies before it can count fails by its status. */
function tests(name, args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-counts-'));
  const file = join(folder, 'counts.json');
  step(
    name,
    bin('vitest'),
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    env,
  );
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    counted.passed += counts.numPassedTests;
    counted.failed += counts.numFailedTests;
    counted.skipped += counts.numPendingTests + counts.numTodoTests;
  } catch {
    failed.push(`${name}: no counts`);
  }
  rmSync(folder, { recursive: true, force: true });
}

step('types of the rules', bin('tsc'), ['-p', 'tsconfig.rules.json']);
step('types of the server', bin('tsc'), ['-p', 'tsconfig.server.json']);
step('types of the pages', bin('tsc'), ['-p', 'tsconfig.web.json']);
step('types of the phone page', bin('tsc'), ['-p', 'tsconfig.field.json']);
step('lint and format', bin('biome'), ['check', '.']);
step('walls', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'src', 'bin']);
step('nothing unused', bin('knip'), []);
step('build of the pages', bin('vite'), ['build', '--logLevel', 'warn']);
tests('tests on the embedded PostgreSQL 18', []);
await onPostgres15();
if (!missing.some((need) => need.name === 'Chromium')) tests('flows in Chromium', ['--config', 'vitest.e2e.config.ts']);

console.log(`\n${took.join('\n')}\n`);
console.log(`${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join('; ')}`);
  process.exit(1);
}
console.log('\nall passed');

/** The same tests of stores and flows on Debian's PostgreSQL 15, in a cluster of their own that is thrown away. */
async function onPostgres15() {
  const folder = postgres15Folder();
  if (folder === null) return;
  const data = mkdtempSync(join(tmpdir(), 'guatu-pg15-'));
  const asRoot = process.getuid?.() === 0;
  const who = asRoot ? { uid: 65534, gid: 65534 } : {};
  if (asRoot) spawnSync('chown', ['-R', '65534:65534', data]);
  const port = 20_000 + (process.pid % 20_000);
  const cluster = join(data, 'cluster');
  const made = spawnSync(
    join(folder, 'initdb'),
    ['-D', cluster, '-U', 'guatu', '--locale=C.UTF-8', '--encoding=UTF8', '--auth=trust'],
    { ...who, cwd: data },
  );
  if (made.status !== 0) {
    console.error(String(made.stderr));
    failed.push('PostgreSQL 15 does not start');
    return;
  }
  const server = spawn(
    join(folder, 'postgres'),
    ['-D', cluster, '-p', String(port), '-k', data, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=100'],
    { ...who, cwd: data, stdio: 'ignore' },
  );
  try {
    for (let i = 0; i < 100; i += 1) {
      if (spawnSync(join(folder, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    tests(
      'the same tests on PostgreSQL 15',
      [
        ...[
          'src/modules',
          'src/platform/facts',
          'src/platform/http',
          'src/platform/jobs',
          'checks/database',
          'checks/access',
        ],
        // what starts the whole product brings its own database, so it is not run twice
        ...['backup', 'trust', 'wall', 'duties'].map((name) => `src/app/${name}.test.ts`),
      ],
      {
        TEST_DATABASE_URL: `postgres://guatu@127.0.0.1:${port}/postgres`,
      },
    );
  } finally {
    server.kill('SIGINT');
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(data, { recursive: true, force: true });
  }
}
