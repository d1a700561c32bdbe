import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { realClock, rehearsalClock } from '../kernel/clock.ts';
import type { House } from '../platform/act.ts';
import { migrate } from '../platform/db/migrate.ts';
import { sha256 } from '../platform/facts/canonical.ts';
import { makeHouse } from './house.ts';
import type { Opened } from './open.ts';
import { SettingRefused, type Settings } from './settings.ts';

type Kind = House['kind'];
type Log = (line: string) => void;

async function kindOf(opened: Opened): Promise<Kind | null> {
  const found = await sql<{ kind: Kind }>`select kind from installation where id = 1`.execute(opened.database.db);
  return found.rows[0]?.kind ?? null;
}

const houseOf = (opened: Opened, settings: Settings, kind: Kind): House =>
  makeHouse({
    db: opened.database.db,
    files: opened.files,
    clock: settings.today ? rehearsalClock(settings.today) : realClock(),
    kind,
  });

/** The installation in this data folder; with none yet, a demonstration or, with `empty`, a real one is begun. */
export async function openHouse(opened: Opened, settings: Settings, empty: boolean, log: Log): Promise<House> {
  const kind = await kindOf(opened);
  if (kind === 'demonstration' && empty)
    throw new SettingRefused(
      `数据目录 ${settings.dataDir} 里已经是演示。正式安装请换一个空目录，例如：GUATU_DATA=/srv/guatu npm start -- --empty`,
    );
  if ((kind === 'real' || empty) && settings.today)
    throw new SettingRefused('正式安装不能设 GUATU_TODAY：它只用于演示和演练。请去掉这个环境变量后再启动。');
  if (kind !== null) return houseOf(opened, settings, kind);
  return empty ? beginReal(opened, settings) : beginDemonstration(opened, settings, log);
}

/** A process that only serves or works needs an installation that is there. */
export async function joinHouse(opened: Opened, settings: Settings): Promise<House> {
  const kind = await kindOf(opened);
  if (kind === null)
    throw new SettingRefused(
      '这个数据库里还没有安装。请先用 guatu start 建立演示，或用 guatu start --empty 建立正式安装。',
    );
  if (kind === 'real' && settings.today)
    throw new SettingRefused('正式安装不能设 GUATU_TODAY：它只用于演示和演练。请去掉这个环境变量后再启动。');
  return houseOf(opened, settings, kind);
}

/** A real installation begins with a code on the terminal; whoever knows it names the government on the first page. */
async function beginReal(opened: Opened, settings: Settings): Promise<House> {
  await sql`insert into installation (id, kind) values (1, 'real')`.execute(opened.database.db);
  return houseOf(opened, settings, 'real');
}

/** Shows a fresh one-time code as long as no government has been named; the one before is void. */
export async function renewSetupCode(opened: Opened, log: Log): Promise<void> {
  const { db } = opened.database;
  const named = await sql`select 1 from jurisdiction limit 1`.execute(db);
  if (named.rows.length > 0) return;
  const code = String(randomInt(0, 100_000_000)).padStart(8, '0');
  await sql`
    insert into setting (jurisdiction, name, value) values ('-', 'setupCode', to_jsonb(${sha256(code)}::text))
    on conflict (jurisdiction, name) do update set value = excluded.value`.execute(db);
  await sql`delete from setting where jurisdiction = '-' and name = 'setupTries'`.execute(db);
  log(`正式安装：请打开页面，用安装码 ${code.slice(0, 4)} ${code.slice(4)} 填写单位信息。安装码只用一次。`);
}

/**
 * Plays the demonstration into an empty database. The row in `installation` is written last: a start that was cut off
 * before leaves none, and the next one begins anew on a clean structure. Nobody can have used it in between.
 */
async function beginDemonstration(opened: Opened, settings: Settings, log: Log): Promise<House> {
  const { db } = opened.database;
  const begun = await sql`select 1 from jurisdiction limit 1`.execute(db);
  if (begun.rows.length > 0) {
    log('上次建立演示时中断了，重新建立。');
    await sql`drop schema public cascade`.execute(db);
    await sql`create schema public`.execute(db);
    await migrate(opened.database);
  }
  const house = houseOf(opened, settings, 'demonstration');
  const { seedDemonstration } = await import('./demo/seed.ts');
  const started = Date.now();
  log('正在建立演示：虚构的区、单位、方案和几个月的办理记录……');
  const accounts = await seedDemonstration(house, house.clock.today(), log);
  await sql`insert into installation (id, kind) values (1, 'demonstration')`.execute(db);
  log(`演示已就绪，用时 ${((Date.now() - started) / 1000).toFixed(1)} 秒。账号（密码每次安装随机生成）：`);
  for (const account of accounts)
    log(`  ${account.login.padEnd(14)} ${account.password.padEnd(18)} ${account.role} ${account.unit}`);
  return house;
}
