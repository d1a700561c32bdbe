import { describe, expect, it } from 'vitest';
import { loginRefusal, rolesRefusal } from './account.ts';
import { clockText, delayMinutes, lockedSays } from './lockout.ts';
import { isCommon, passwordRefusal } from './password.ts';
import { idleEndOf, isAlive } from './session.ts';

describe('密码', () => {
  it.each([
    '1234567890',
    'password123',
    'P@ssw0rd123',
    'qwertyuiop',
    'aaaaaaaaaaaa',
    'admin888888',
    'woaini1314520',
    'abcabcabcabc',
    'Anquan123456',
    '20260101080808',
  ])('「%s」太常见，不能使用', (password) => expect(isCommon(password)).toBe(true));
  it.each(['石桥的桃花三月开了7', 'kF7m-Pw3x-9aQt', 'lamp river 42 stone', 'Xk2#vv09Lq'])(
    '「%s」可以使用',
    (password) => {
      expect(passwordRefusal(password, 'zhangsan')).toBeNull();
    },
  );
  it('太短、太长、含登录名、与原密码相同，各有各的说法', () => {
    expect(passwordRefusal('abc123', 'u')?.says).toContain('只有 6 位');
    expect(passwordRefusal('好'.repeat(129), 'u')?.says).toContain('太长');
    expect(passwordRefusal('zhangsanfeng1', 'zhangsanfeng')?.says).toContain('登录名');
    expect(passwordRefusal('kF7m-Pw3x-9aQt', 'u', 'kF7m-Pw3x-9aQt')?.says).toContain('不能与原密码相同');
  });
});

describe('输错密码', () => {
  it('前四次不限，第五次起暂停 1、2、4 分钟，最长 60 分钟', () => {
    expect([4, 5, 6, 7, 10, 11, 50].map((n) => delayMinutes('login', n))).toEqual([0, 1, 2, 4, 32, 60, 60]);
  });
  it('同一网络地址宽一些', () => {
    expect([29, 30, 34, 35, 100].map((n) => delayMinutes('address', n))).toEqual([0, 1, 1, 2, 60]);
  });
  it('说明到什么时候', () => {
    const now = new Date('2026-03-10T06:00:30Z');
    expect(lockedSays('login', new Date('2026-03-10T06:05:10Z'), now)).toContain('14:06 之后');
    expect(clockText(new Date('2026-03-10T16:10:00Z'), now)).toBe('3月11日 00:10');
  });
});

describe('角色', () => {
  it.each([
    [['systemAdmin', 'officer'], '由不同的人'],
    [['auditAdmin', 'leader'], '由不同的人'],
    [['systemAdmin', 'auditAdmin'], '由不同的人'],
    [['clerk'], '须选定所属单位'],
    [['officer'], '须选定所属单位'],
    [[], '至少选择一个'],
  ] as const)('%j 不能这样授予', (roles, says) => {
    expect(rolesRefusal(roles, null)?.says).toContain(says);
  });
  it('经办人可以兼单位负责人，分管领导不必有单位', () => {
    expect(rolesRefusal(['clerk', 'unitLeader'], 'x')).toBeNull();
    expect(rolesRefusal(['leader'], null)).toBeNull();
  });
  it.each(['张三', 'a', '-ab', 'a b', 'x'.repeat(33)])('登录名「%s」不合规则', (login) =>
    expect(loginRefusal(login)).not.toBeNull(),
  );
});

describe('登录时效', () => {
  const at = (text: string) => new Date(`2026-03-10T${text}:00Z`);
  it('30 分钟不操作或满 12 小时即失效', () => {
    const times = { lastSeenAt: at('08:00'), expiresAt: at('20:00'), endedAt: null };
    expect(isAlive(times, at('08:29'))).toBe(true);
    expect(isAlive(times, at('08:30'))).toBe(false);
    expect(isAlive({ ...times, endedAt: at('08:10') }, at('08:11'))).toBe(false);
    expect(idleEndOf({ ...times, lastSeenAt: at('19:50') })).toEqual(at('20:00'));
  });
});
