import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue, root } from '../tools/catalogue.ts';
import { pages } from '../tools/tables.ts';

const rooms = await catalogue();
const words = rooms.flatMap((one) => one.words.map((word) => ({ ...word, room: one.room })));

describe('用词', () => {
  it('一个标识只有一个中文名，一个中文名只有一个标识（同类之内）', () => {
    const seen = new Map<string, string>();
    const doubled: string[] = [];
    for (const word of words) {
      for (const [key, value] of [
        [`id ${word.of} ${word.id}`, word.zh],
        [`zh ${word.of} ${word.zh} ${word.of === 'thing' ? '' : word.room}`, word.id],
      ] as const) {
        if (seen.has(key) && seen.get(key) !== value) doubled.push(`${key}: ${seen.get(key)} / ${value}`);
        seen.set(key, value);
      }
    }
    expect(doubled).toEqual([]);
  });

  it('每个状态、办理、权限都有词', () => {
    const missing: string[] = [];
    for (const one of rooms.filter((room) => room.words.length > 0)) {
      // a room with several cases writes plan.state.importing, since two cases may both have a state of that name
      const known = new Set(
        one.words.flatMap((word) => [`${word.of} ${word.id}`, `${word.of} ${word.id.split('.').at(-1)}`]),
      );
      for (const lifecycle of Object.values(one.lifecycles)) {
        for (const state of Object.keys(lifecycle.states))
          if (!known.has(`state ${state}`)) missing.push(`${one.room} state ${state}`);
        for (const action of Object.keys(lifecycle.actions))
          if (!known.has(`action ${action}`)) missing.push(`${one.room} action ${action}`);
      }
      for (const permission of Object.keys(one.permissions))
        if (!known.has(`permission ${permission}`)) missing.push(`${one.room} permission ${permission}`);
    }
    expect(missing).toEqual([]);
  });

  it('每个接口写明权限与审计，改动数据的接口都有审计名，权限都登记过', () => {
    const wrong: string[] = [];
    const permissions = new Set(['public', 'signedIn', ...rooms.flatMap((one) => Object.keys(one.permissions))]);
    for (const one of rooms)
      for (const [name, route] of Object.entries(one.routes)) {
        // signing in writes its own lines, in the jurisdiction of the account that was tried
        if (route.method !== 'GET' && route.audit === null && name !== 'signIn')
          wrong.push(`${one.room}.${name} 没有审计名`);
        if (!permissions.has(route.permission)) wrong.push(`${one.room}.${name} 的权限 ${route.permission} 没有登记`);
      }
    expect(wrong).toEqual([]);
  });

  it('由表格生成的文档是最新的（npm run tables）', async () => {
    const stale = Object.entries(await pages())
      .filter(([path, content]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== content)
      .map(([path]) => path);
    expect(stale).toEqual([]);
  });
});
