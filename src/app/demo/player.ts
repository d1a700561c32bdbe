import { Readable } from 'node:stream';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteContract } from '../../kernel/contract.ts';
import { type Day, day as dayOf } from '../../kernel/day.ts';
import { holds } from '../../kernel/permission.ts';
import type { House } from '../../platform/act.ts';
import type { ServedRoute, Upload } from '../../platform/http/serve.ts';
import { perform, reading } from '../../platform/perform.ts';

type Part<Name extends string, Schema, Value> = Schema extends TSchema ? { readonly [K in Name]: Value } : unknown;

/** What a request to the route carries. */
export type Input<R extends RouteContract> = Part<'params', R['params'], ParamsOf<R>> &
  Part<'query', R['query'], QueryOf<R>> &
  Part<'body', R['body'], BodyOf<R>> &
  (R['upload'] extends true ? { readonly upload: Upload } : unknown);

/** Somebody at some moment of the story. */
export interface Moment {
  readonly house: House;
  readonly actor: Actor;
}

/** A request that the story may not make: the script is wrong, not the product. */
export class ScriptMistake extends Error {
  override readonly name = 'ScriptMistake';
}

/** A clock that stands at a minute of a working day in the past. */
export function standingClock(today: Day, minuteOfDay: number): Clock {
  const hours = String(Math.floor(minuteOfDay / 60)).padStart(2, '0');
  const minutes = String(minuteOfDay % 60).padStart(2, '0');
  const moment = new Date(`${today}T${hours}:${minutes}:00+08:00`);
  return { now: () => moment, today: () => dayOf(today), rehearsal: null };
}

/**
 * The way the demonstration acts in a room: by the room's own routes, with the same permissions, rules, transactions
 * and facts as a request from a page, only without the wire between them. Refusals come back as `Refusal`.
 */
export function play<T extends Readonly<Record<string, RouteContract>>>(api: T, served: readonly ServedRoute[]) {
  const byName = new Map(served.map((one) => [one.name, one]));
  return async <K extends keyof T & string>(
    { house, actor }: Moment,
    name: K,
    input: Input<T[K]>,
  ): Promise<ResponseOf<T[K]>> => {
    const route = byName.get(name);
    const contract = api[name];
    if (route === undefined || contract === undefined) throw new ScriptMistake(`no route ${name}`);
    if (!holds(house.permissions, actor, contract.permission))
      throw new ScriptMistake(
        `${actor.name} (${actor.roles.join()}) has no permission ${contract.permission} for ${name}`,
      );
    const given = input as { readonly body?: unknown; readonly params?: unknown; readonly query?: unknown };
    for (const part of ['params', 'query', 'body'] as const) {
      const schema = contract[part];
      if (schema && !Value.Check(schema, given[part] ?? {}))
        throw new ScriptMistake(
          `${name}: ${part} ${JSON.stringify(given[part])}: ${JSON.stringify(Value.Errors(schema, given[part] ?? {}).slice(0, 2))}`,
        );
    }
    const handle = route.handle as (situation: unknown) => Promise<unknown>;
    const session = { token: null, address: '127.0.0.1', set: () => {}, clear: () => {} };
    const asked = { params: {}, query: {}, body: {}, session, ...given };
    const answer =
      contract.method === 'GET'
        ? await handle({ ...reading(house, actor), ...asked })
        : await perform(house, actor, (act) => handle({ ...act, ...asked }));
    return answer as ResponseOf<T[K]>;
  };
}

/** Puts a file into the store as an upload does before its route is called. */
export async function uploadOf(
  house: House,
  name: string,
  bytes: Uint8Array,
  fields: Record<string, string> = {},
): Promise<Upload> {
  const { sha256, size } = await house.files.put(Readable.from(Buffer.from(bytes)), bytes.length);
  return { name, size, sha256, fields };
}
