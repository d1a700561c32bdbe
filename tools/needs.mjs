// What the tests need besides Node: programs of the system. As root on Debian they are installed; elsewhere the missing
// ones are named, with how to get them and what is skipped without them.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const onPath = (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
const postgres15 = '/usr/lib/postgresql/15/bin/postgres';
const hasChineseFont = () => onPath('fc-list') && spawnSync('fc-list', [':lang=zh']).stdout.length > 0;

export const needs = [
  {
    name: 'Chromium',
    there: () => onPath('chromium') || Boolean(process.env.CHROMIUM),
    packages: ['chromium'],
    skips: '浏览器里的全部流程测试',
  },
  {
    name: '中文字体',
    there: hasChineseFont,
    packages: ['fonts-noto-cjk', 'fontconfig'],
    skips: '截图与打印的外观检查',
  },
  {
    name: 'LibreOffice',
    there: () => onPath('soffice'),
    packages: ['libreoffice-writer', 'libreoffice-calc'],
    skips: '.doc、.wps 的读取与格式互转测试',
  },
  { name: 'poppler-utils', there: () => onPath('pdftoppm'), packages: ['poppler-utils'], skips: 'PDF 版面检查' },
  {
    name: 'PostgreSQL 15',
    there: () => existsSync(postgres15),
    packages: ['postgresql-15'],
    skips: '在 PostgreSQL 15 上重跑的数据库测试',
  },
];

/** Installs what is missing where that is possible; returns what is still missing. */
export function bringNeeds() {
  const missing = needs.filter((need) => !need.there());
  if (missing.length === 0) return [];
  const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (debian) {
    const packages = missing.flatMap((need) => need.packages);
    console.log(`installing ${packages.join(' ')}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // a fresh cluster would start a server of its own; the tests start theirs
    spawnSync('sh', [
      '-c',
      'mkdir -p /etc/postgresql-common && [ -f /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf',
    ]);
    for (const command of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    ]) {
      const done = spawnSync('apt-get', command, { env, stdio: ['ignore', 'ignore', 'inherit'] });
      if (done.status !== 0) break;
    }
  }
  return needs.filter((need) => !need.there());
}

/** Folder of PostgreSQL 15's programs, or null. */
export const postgres15Folder = () =>
  existsSync(postgres15) && readdirSync('/usr/lib/postgresql/15/bin').includes('initdb')
    ? '/usr/lib/postgresql/15/bin'
    : null;
