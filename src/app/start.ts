import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authenticate, authenticateKey, badKey, beforePasswordChange } from '../modules/access/server/door.ts';
import { startDeliveries } from '../modules/exchange/server/door.ts';
import { resumeReadings } from '../modules/plans/server/door.ts';
import { resumeBatchReadings } from '../modules/problems/server/door.ts';
import type { House } from '../platform/act.ts';
import { startReadAhead } from '../platform/db/read-ahead.ts';
import { createServer } from '../platform/http/server.ts';
import { rooms } from './house.ts';
import { joinHouse, openHouse, renewSetupCode } from './installation.ts';
import { type Opened, openInstallation, stubsOf } from './open.ts';
import { dutiesWith } from './schedule.ts';
import { readSettings, SettingRefused, type Settings } from './settings.ts';
import { startDuties } from './work.ts';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const pages = join(root, 'dist/web');
const phonePages = join(root, 'dist/field');
const log = (line: string): void => console.log(line);

type Stop = () => Promise<unknown>;

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function asked(): Promise<void> {
  return new Promise((done) => {
    const hear = (): void => {
      process.off('SIGINT', hear);
      process.off('SIGTERM', hear);
      done();
    };
    process.on('SIGINT', hear);
    process.on('SIGTERM', hear);
  });
}

/** Pages are built once, at the first start from a fresh clone; a release brings them along. */
function buildPages(): Promise<void> {
  if (existsSync(join(pages, 'index.html')) && existsSync(join(phonePages, 'index.html'))) return Promise.resolve();
  log('第一次启动，正在生成页面……');
  return new Promise((done, failed) => {
    const build = spawn(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
      { cwd: root, stdio: 'inherit' },
    );
    build.once('error', failed);
    build.once('exit', (code) => (code === 0 ? done() : failed(new Error(`页面没有生成（vite 退出码 ${code}）`))));
  });
}

/** Lets requests under way finish, but not for ever: a client that holds its connection must not hold up the stop. */
async function closeServer(server: Awaited<ReturnType<typeof createServer>>): Promise<void> {
  const limit = setTimeout(() => server.server.closeAllConnections(), 5000);
  await server.close().finally(() => clearTimeout(limit));
}

async function listen(house: House, settings: Settings): Promise<{ address: string; close: Stop }> {
  const server = await createServer({
    house,
    rooms,
    authenticate: (token) => authenticate(house.db, token, house.clock.now()),
    authenticateKey: async (token, address) => {
      const holder = await authenticateKey(house.db, token, house.clock.now(), house.clock.today(), address);
      if (holder === null) throw badKey();
      return holder;
    },
    beforePasswordChange,
    pages,
    phonePages,
    uploadLimit: settings.uploadLimit,
    secure: settings.behindTls || settings.tls !== null,
    ...(settings.tls ? { tls: { cert: readFileSync(settings.tls.cert), key: readFileSync(settings.tls.key) } } : {}),
    log: (line) => console.error(line),
  });
  await server.listen({ host: settings.host, port: settings.port }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new SettingRefused(`端口 ${settings.port} 已被别的程序占用。请换一个，例如：PORT=8021 npm start`);
    if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')
      throw new SettingRefused(`不能在 ${settings.host}:${settings.port} 上监听，请检查 HOST 和 PORT。`);
    throw error;
  });
  const { port } = server.server.address() as AddressInfo;
  const host = settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host;
  return { address: `${settings.tls ? 'https' : 'http'}://${host}:${port}`, close: () => closeServer(server) };
}

/** `guatu start`: pages, API and timed duties in one process. */
export async function start(args: string[]): Promise<number> {
  const settings = readSettings(process.env);
  const began = Date.now();
  const [opened] = await Promise.all([openInstallation(settings, log), buildPages()]);
  return run(opened, async (stops) => {
    const house = await openHouse(opened, settings, args.includes('--empty'), log);
    if (house.kind === 'real') await renewSetupCode(opened, log);
    const served = await listen(house, settings);
    stops.push(served.close);
    await resumeReadings(house);
    await resumeBatchReadings(house);
    stops.push(startDeliveries(house, log));
    // of a server elsewhere the files are out of reach
    if (!settings.databaseUrl) stops.push(startReadAhead(opened.database, log));
    const told = (await hasMoreToTell(house, settings)) ? tellOn(house, settings) : null;
    if (told) stops.push(told.stop);
    if (house.clock.rehearsal) log(`演练：系统时间为 ${house.clock.rehearsal}，不封存记录。`);
    // a day is sealed only after everything that the demonstration tells of it
    else if (told) stops.push(dutiesAfter(told.done, house, settings));
    else stops.push(await startDuties(house, dutiesWith(stubsOf(settings)), log));
    log(`挂图已启动（${((Date.now() - began) / 1000).toFixed(1)} 秒）：${served.address}`);
  });
}

/** Whether something of the demonstration is not told to its end; never in a real installation. */
async function hasMoreToTell(house: House, settings: Settings): Promise<boolean> {
  if (house.kind !== 'demonstration' || settings.told === 0) return false;
  return !(await (await import('./demo/told.ts')).areTold(house));
}

/** Goes on telling the demonstration's year while it is used. */
function tellOn(house: House, settings: Settings): { readonly done: Promise<boolean>; readonly stop: Stop } {
  let stopped = false;
  const done = (async () => {
    const { tellAll } = await import('./demo/chapters.ts');
    return tellAll(house, { count: settings.told, stopped: () => stopped, log });
  })().catch((error: unknown) => {
    log(`演示台账没有讲完：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return false;
  });
  return {
    done,
    stop: async () => {
      stopped = true;
      await done;
    },
  };
}

/** Begins the timed duties once `ready` says yes; gives how to stop them, begun or not. */
function dutiesAfter(ready: Promise<boolean>, house: House, settings: Settings): Stop {
  const begun = ready.then((yes) => (yes ? startDuties(house, dutiesWith(stubsOf(settings)), log) : null));
  begun.catch((error: unknown) => log(`定时事项没有开始：${error instanceof Error ? error.message : String(error)}`));
  return async () => (await begun)?.();
}

/** `guatu serve`: pages and API only; any number of them on one database. */
export async function serveOnly(): Promise<number> {
  const settings = readSettings(process.env);
  const [opened] = await Promise.all([openInstallation(settings, log), buildPages()]);
  return run(opened, async (stops) => {
    const served = await listen(await joinHouse(opened, settings), settings);
    stops.push(served.close);
    log(`挂图接口与页面已启动：${served.address}`);
  });
}

/** `guatu work`: timed duties only; any number of them on one database, each duty is done once. */
export async function workOnly(): Promise<number> {
  const settings = readSettings(process.env);
  const opened = await openInstallation(settings, log, { connections: 3 });
  return run(opened, async (stops) => {
    const house = await joinHouse(opened, settings);
    stops.push(startDeliveries(house, log));
    if (house.clock.rehearsal) log(`演练：系统时间为 ${house.clock.rehearsal}，不办理定时事项。`);
    else stops.push(await startDuties(house, dutiesWith(stubsOf(settings)), log));
    log('挂图定时事项已启动。');
  });
}

/**
 * Opens what is needed, then runs until the process is told to stop, in the given order: no new requests, duties done,
 * database closed. Whoever stops it while it still opens waits for that, so that the database is closed in order then too.
 */
async function run(opened: Opened, begin: (stops: Stop[]) => Promise<void>): Promise<number> {
  const stops: Stop[] = [];
  const stop = asked();
  try {
    await begin(stops);
  } catch (error) {
    for (const one of stops) await one().catch(() => {});
    await opened.close();
    throw error;
  }
  await stop;
  for (const one of [...stops, opened.close]) await one().catch((error: unknown) => console.error(error));
  return 0;
}
