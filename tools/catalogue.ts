import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RouteContract } from '../src/kernel/contract.ts';
import type { Lifecycle } from '../src/kernel/lifecycle.ts';
import type { Permissions } from '../src/kernel/permission.ts';
import type { Word } from '../src/kernel/words.ts';
import { floors } from '../src/modules.ts';

type AnyLifecycle = Lifecycle<string, string, string, string>;

/** What one room declares, gathered by the convention of names: …Words, …Permissions, …Api, …Lifecycle. */
export interface RoomCatalogue {
  readonly room: string;
  readonly name: string;
  readonly words: readonly Word[];
  readonly permissions: Permissions;
  readonly routes: Readonly<Record<string, RouteContract>>;
  readonly lifecycles: Readonly<Record<string, AnyLifecycle>>;
}

export const root = resolve(import.meta.dirname, '..');

async function exportsOf<T>(folder: string, file: string, ending: string): Promise<[string, T][]> {
  const path = join(root, folder, file);
  if (!existsSync(path)) return [];
  const module = (await import(path)) as Record<string, T>;
  return Object.entries(module).filter(([name]) => name.endsWith(ending));
}

/** Files of a room's top with such a name, `api.ts` and `lifecycle.ts` before the parts' own. */
const filesOf = (folder: string, name: RegExp): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((file) => name.test(file))
        .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    : [];

async function catalogueOf(room: string, name: string, folder: string): Promise<RoomCatalogue> {
  const words = await exportsOf<readonly Word[]>(folder, 'words.ts', 'Words');
  const permissions = await exportsOf<Permissions>(folder, 'permissions.ts', 'Permissions');
  const routes: [string, Readonly<Record<string, RouteContract>>][] = [];
  for (const file of filesOf(folder, /^api(-[a-z-]+)?\.ts$/))
    routes.push(...(await exportsOf<Readonly<Record<string, RouteContract>>>(folder, file, 'Api')));
  const lifecycles: [string, AnyLifecycle][] = [];
  for (const file of filesOf(folder, /^((.+-)?lifecycle|filing|measure)\.ts$/))
    lifecycles.push(...(await exportsOf<AnyLifecycle>(folder, file, 'Lifecycle')));
  return {
    room,
    name,
    words: words.flatMap(([, list]) => list),
    permissions: Object.assign({}, ...permissions.map(([, table]) => table)),
    routes: Object.assign({}, ...routes.map(([, table]) => table)),
    lifecycles: Object.fromEntries(lifecycles),
  };
}

/** Every room from the ground up, the platform's files first. */
export async function catalogue(): Promise<readonly RoomCatalogue[]> {
  const rooms = [
    await catalogueOf('files', '附件', 'src/platform/files'),
    await catalogueOf('jobs', '较长的处理', 'src/platform/jobs'),
  ];
  for (const { room, name } of floors) rooms.push(await catalogueOf(room, name, join('src/modules', room)));
  return rooms;
}
