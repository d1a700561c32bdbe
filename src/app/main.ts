import { DatabaseTrouble } from '../platform/db/trouble.ts';
import { SettingRefused } from './settings.ts';

const help = `挂图 Guatu：安全生产任务与问题闭环

  guatu start [--empty]      打开数据库，启动服务并办理定时事项；空数据目录先建立演示，--empty 建立正式安装
  guatu serve                只提供接口和页面（可以同时开几个）
  guatu work                 只办理定时事项（可以同时开几个，每件事只办一次）
  guatu extract [--text] 文件    读一份方案文件，打印任务（JSON）；--text 打印位置所指的文字
  guatu verify               核对全部记录：有没有被改动、缺失、调换
  guatu backup 文件           备份数据和附件（系统可以照常运行）
  guatu restore 文件 [--replace]  恢复备份（先整体核对，再动数据；先停止其他进程）
  guatu help                 这一页

环境变量：GUATU_DATA 数据目录（默认 var）· PORT 端口（默认 8020）· HOST 监听地址（默认 127.0.0.1）
  DATABASE_URL 自备的 PostgreSQL · GUATU_TODAY 演练日期 · GUATU_TLS_CERT、GUATU_TLS_KEY 证书 · GUATU_BEHIND_TLS=1 前面有 HTTPS 代理
  GUATU_UPLOAD_MB 单个附件上限（默认 100）· GUATU_DEMO_PROBLEMS 演示台账的问题数（默认 20000）
`;

/** The commands; each is loaded only when it is asked for. */
const commands: Readonly<Record<string, () => Promise<(args: string[]) => Promise<number>>>> = {
  start: async () => (await import('./start.ts')).start,
  serve: async () => (await import('./start.ts')).serveOnly,
  work: async () => (await import('./start.ts')).workOnly,
  verify: async () => (await import('./trust.ts')).verifyCommand,
  backup: async () => (await import('./trust.ts')).backupCommand,
  restore: async () => (await import('./trust.ts')).restoreCommand,
};

/** Runs one command and gives the exit code: 0 done, 1 refused or found something, 2 not understood. */
export async function main(argv: string[]): Promise<number> {
  const [name = 'help', ...args] = argv;
  if (['help', '--help', '-h'].includes(name)) {
    process.stdout.write(help);
    return 0;
  }
  const load = commands[name];
  if (!load) {
    process.stderr.write(`没有「${name}」这个命令。\n\n${help}`);
    return 2;
  }
  try {
    const run = await load();
    return await run(args);
  } catch (error) {
    if (error instanceof DatabaseTrouble || error instanceof SettingRefused) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}
