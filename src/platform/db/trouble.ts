/**
 * Something is wrong with the database itself (not with what a person typed). `message` is Chinese, complete, and
 * says what to do; it can be printed as it is. The technical original is in `cause`.
 */
export class DatabaseTrouble extends Error {
  override name = 'DatabaseTrouble';
}

/**
 * Turns what PostgreSQL printed while it failed to start into a sentence for the person who runs the server.
 * `said` is the raw English text of initdb or postgres, `logFile` where the rest can be read.
 */
export function startupTrouble(said: string, logFile: string): DatabaseTrouble {
  const options = { cause: new Error(said.trim()) };
  if (/No space left on device/i.test(said)) {
    return new DatabaseTrouble(
      '磁盘空间已满，数据库无法启动。请清理数据目录所在磁盘后重新启动，数据没有丢失。',
      options,
    );
  }
  if (/Address already in use|could not bind|could not create any/i.test(said)) {
    return new DatabaseTrouble(
      '数据库的本机端口或套接字被其他程序占用，无法启动。请关闭占用它的程序，或用 --data 换一个数据目录。',
      options,
    );
  }
  if (/already exists|still in use|Is another postmaster/i.test(said)) {
    return new DatabaseTrouble(
      '这个数据目录的数据库似乎正在被另一个进程使用。请先停止那个进程，再重新启动；不要手工删除数据目录里的文件。',
      options,
    );
  }
  if (/Permission denied|has invalid permissions|wrong ownership/i.test(said)) {
    return new DatabaseTrouble(
      '数据库进程没有读写数据目录的权限。请确认数据目录属于运行本系统的用户（不要时而用 root、时而用普通用户启动）。',
      options,
    );
  }
  if (/shared memory|could not map anonymous|Cannot allocate memory/i.test(said)) {
    return new DatabaseTrouble('内存不足，数据库无法启动。请至少留出 512 MB 可用内存。', options);
  }
  if (/could not look up effective user ID/i.test(said)) {
    return new DatabaseTrouble(
      '运行本系统的用户编号在操作系统里没有登记，数据库无法首次建立。请改用系统里已有的用户（容器里不要随意指定用户编号），或用 root 启动。',
      options,
    );
  }
  const last = said.trim().split('\n').slice(-3).join(' / ');
  return new DatabaseTrouble(`数据库没有启动成功：${last || '没有任何输出'}。详细记录见 ${logFile}。`, options);
}
