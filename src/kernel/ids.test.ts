import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { timedId } from './ids.ts';

test('按时刻编的标识：同一格式，互不相同，先后与时刻一致', () => {
  const at = Date.parse('2026-11-22T08:00:00Z');
  const ids = Array.from({ length: 1000 }, (_, n) => timedId(randomUUID(), at + n));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(at);
  expect(timedId(randomUUID(), -1)).toMatch(/^0{8}-0000-7/);
});
