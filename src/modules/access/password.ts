import { notValid, type Refusal } from '../../kernel/refusal.ts';

export const LEAST_LENGTH = 10;
export const MOST_LENGTH = 128;

/** Stems of the passwords that are tried first everywhere; with digits and signs around them they are no better. */
const COMMON = [
  'password',
  'passw',
  'passwd',
  'qwerty',
  'qwertyuiop',
  'qwert',
  'asdfghjkl',
  'asdfgh',
  'zxcvbnm',
  'zxcvbn',
  'qazwsx',
  'qazwsxedc',
  'iloveyou',
  'letmein',
  'welcome',
  'monkey',
  'dragon',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'master',
  'shadow',
  'superman',
  'trustno',
  'admin',
  'administrator',
  'root',
  'user',
  'guest',
  'test',
  'testtest',
  'login',
  'system',
  'manager',
  'abc',
  'abcd',
  'abcde',
  'abcdef',
  'abcdefg',
  'abcdefgh',
  'abcdefghij',
  'aaa',
  'woaini',
  'woaiwojia',
  'woaizhongguo',
  'zhongguo',
  'china',
  'beijing',
  'nihao',
  'mima',
  'mimamima',
  'anquan',
  'anquanshengchan',
  'yingji',
  'yingjiju',
  'anwei',
  'anweiban',
  'guatu',
  'guanliyuan',
  'changeme',
  'default',
  'computer',
  'internet',
  'hello',
  'helloworld',
  'secret',
  'pass',
  'key',
  'temp',
  'work',
  'office',
  'zhengfu',
  'gongan',
  'xiaofang',
  'wode',
  'wodemima',
  'qq',
  'wx',
  'weixin',
  'aini',
  'asd',
  'qwe',
  'zxc',
  'qaz',
  'wsx',
  'a',
  'aa',
]; // prettier-ignore
const SEQUENCES = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replace(/(?<=[a-z])0(?=[a-z])/g, 'o')
    .replace(/(?<=[a-z])1(?=[a-z])/g, 'l');

/** True for what everybody tries first: digits alone, one thing repeated, rows of keys, a common word with digits. */
export function isCommon(password: string): boolean {
  const text = password.toLowerCase();
  if (/^\d+$/.test(text)) return true;
  if (/^(.{1,4}?)\1+.{0,3}$/.test(text)) return true;
  if (SEQUENCES.some((row) => row.includes(text))) return true;
  const stem = plain(text).replace(/[^\p{L}]/gu, '');
  return stem === '' || COMMON.includes(stem) || COMMON.some((word) => word.length > 2 && stem === word + word);
}

/**
 * Why this password cannot be used, or null: at least ten characters, not the login, not the one before, not one of
 * those that are tried first.
 */
export function passwordRefusal(password: string, login: string, current?: string): Refusal | null {
  const wrong = (says: string): Refusal => notValid(says, [{ where: 'body.next', says }]);
  const length = [...password].length;
  if (length < LEAST_LENGTH) return wrong(`新密码只有 ${length} 位，至少需要 ${LEAST_LENGTH} 位。`);
  if (length > MOST_LENGTH) return wrong(`新密码太长，最多 ${MOST_LENGTH} 位。`);
  const name = login.toLowerCase();
  const rest = password.toLowerCase().replaceAll(name, '');
  if (name.length >= 2 && password.toLowerCase().includes(name) && rest.length < 6)
    return wrong('新密码不能是登录名或在登录名上稍加改动，请换一个。');
  if (current !== undefined && password === current) return wrong('新密码不能与原密码相同。');
  if (isCommon(password)) return wrong('这个密码太常见，容易被猜中。可以用几个不相干的词或一句话，再夹杂数字。');
  return null;
}
