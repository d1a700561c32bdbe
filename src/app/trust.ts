import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { sql } from 'kysely';
import { verify } from '../platform/facts/verify.ts';
import { itemKinds } from './house.ts';
import { filesDirOf, openInstallation, stubsOf } from './open.ts';
import { readSettings, SettingRefused } from './settings.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** `guatu verify`: exit code 0 when everything is as it was left, 1 when something is not. Findings on standard output. */
export async function verifyCommand(): Promise<number> {
  const settings = readSettings(process.env);
  const opened = await openInstallation(settings, say, { structure: false, connections: 2 });
  try {
    const installed = await sql<{ there: boolean }>`select to_regclass('fact') is not null as there`.execute(
      opened.database.db,
    );
    if (!installed.rows[0]?.there)
      throw new SettingRefused(
        '这个数据库里还没有安装，没有可以核对的记录。请检查 GUATU_DATA 或 DATABASE_URL 是否写对。',
      );
    const result = await verify(opened.database.db, itemKinds, opened.files, say, stubsOf(settings));
    for (const finding of result.findings)
      process.stdout.write(`[${finding.jurisdiction}] ${finding.where}：${finding.says}\n`);
    say(
      `核对了 ${result.items} 件事项的 ${result.facts} 条记录、${result.seals} 天的封存` +
        `${result.stubs === null ? '' : `（与库外存根 ${result.stubs} 天对照）`}、${result.files} 个附件：` +
        (result.findings.length === 0 ? '没有发现改动。' : `发现 ${result.findings.length} 处问题。`),
    );
    return result.findings.length === 0 ? 0 : 1;
  } finally {
    await opened.close();
  }
}

/** `guatu backup FILE`: while the product is running. */
export async function backupCommand(args: string[]): Promise<number> {
  const [to] = args;
  if (!to) throw new SettingRefused('请写明备份文件的路径，例如：guatu backup 备份.tar.gz');
  const { backup } = await import('./backup.ts');
  const opened = await openInstallation(readSettings(process.env), say, { structure: false, connections: 2 });
  try {
    const result = await backup({ database: opened.database, filesDir: opened.filesDir, to, progress: say });
    return result.damagedFiles.length === 0 ? 0 : 1;
  } finally {
    await opened.close();
  }
}

/** The stubs belong to the data that was replaced; they are kept, and new ones begin with the next sealing. */
async function layStubsAside(stubs: string): Promise<void> {
  if (!existsSync(stubs)) return;
  const aside = stubs.replace(/\.log$/, `-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}.log`);
  await rename(stubs, aside);
  say(`原有的封存存根另存为 ${aside}，请保留备查。`);
}

/** `guatu restore FILE [--replace]`: nothing is touched before the whole archive has been checked. */
export async function restoreCommand(args: string[]): Promise<number> {
  const from = args.find((arg) => !arg.startsWith('--'));
  if (!from) throw new SettingRefused('请写明备份文件的路径，例如：guatu restore 备份.tar.gz');
  const { restore } = await import('./restore.ts');
  const settings = readSettings(process.env);
  const opened = await openInstallation(settings, say, { structure: false, connections: 2 });
  try {
    const replace = args.includes('--replace');
    await restore({ from, database: opened.database, filesDir: filesDirOf(settings), replace, progress: say });
    await layStubsAside(stubsOf(settings));
    return 0;
  } finally {
    await opened.close();
  }
}
