import { fork } from 'node:child_process';
import { notValid } from '../../kernel/refusal.ts';
import { childProgram } from './child-program.ts';

/** What a reading child tells its parent. */
export type ReadingMessage =
  | { readonly step: string }
  | { readonly result: string }
  | { readonly refused: { readonly kind: string; readonly says: string } };

const MEMORY_MB = 1024;
const SECONDS = 300;

const tooBig = '文件太大或结构太复杂，识读时超出了内存限制。请删去图片，或拆成几份后再导入。';
const tooSlow = (seconds: number): string =>
  `识读超过${Math.round(seconds / 60)}分钟仍未完成，已停止。请拆成几份后再导入。`;
const broke = '识读这个文件时出了差错，没有读出内容。请用 Word 或 WPS 打开后另存为 .docx，再导入一次。';

/**
 * Reads a file in a process of its own, limited in time and memory: a hostile or enormous file may exhaust that one, never
 * the server. `child` is a module that calls `readAsChild`. `onStep` hears the steps in Chinese. Throws a Refusal with
 * the sentence of what is wrong with the file.
 */
export function readInProcess<T>(
  child: URL,
  path: string,
  name: string,
  onStep: (step: string) => void = () => {},
  limits: { readonly seconds?: number; readonly megabytes?: number; readonly more?: readonly string[] } = {},
): Promise<T> {
  const seconds = limits.seconds ?? SECONDS;
  return new Promise((resolve, reject) => {
    let outcome: (() => void) | null = null;
    let stderr = '';
    const program = childProgram(child, limits.megabytes ?? MEMORY_MB);
    const reader = fork(program.path, [path, name, ...(limits.more ?? [])], {
      execArgv: program.execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    const timer = setTimeout(() => {
      outcome = () => reject(notValid(tooSlow(seconds)));
      reader.kill('SIGKILL');
    }, seconds * 1000);
    reader.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-4000);
    });
    reader.on('message', (message: ReadingMessage) => {
      if ('step' in message) onStep(message.step);
      else if ('refused' in message) outcome = () => reject(notValid(message.refused.says));
      else outcome = () => resolve(JSON.parse(message.result) as T);
    });
    reader.on('error', (error) => {
      outcome = () => reject(error);
    });
    reader.on('close', () => {
      clearTimeout(timer);
      if (outcome) return outcome();
      const outOfMemory = /heap out of memory|Allocation failed|ERR_WORKER_OUT_OF_MEMORY/i.test(stderr);
      if (!outOfMemory && stderr !== '') console.error(`reading ${name} failed: ${stderr}`);
      reject(notValid(outOfMemory ? tooBig : broke));
    });
  });
}
