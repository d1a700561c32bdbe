import type { Readable } from 'node:stream';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteContract } from '../../kernel/contract.ts';
import type { Act, Reading } from '../act.ts';

/** A file that came with the request; its bytes are already in the file store under `sha256`. */
export interface Upload {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** Text fields of the same form. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A file or stream as answer; `name` is what the browser saves it as. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly body: Buffer | Readable;
  /** Show in the browser instead of saving; only for types that cannot carry scripts. */
  readonly inline?: boolean;
}

/** Asks the server to set or end the session cookie; only the access room uses it. */
export interface Session {
  set(token: string): void;
  clear(): void;
  readonly token: string | null;
  readonly address: string;
}

type Situation<R extends RouteContract> = R['method'] extends 'GET' ? Reading : Act;

export type Handler<R extends RouteContract> = (
  situation: Situation<R> & {
    readonly params: ParamsOf<R>;
    readonly query: QueryOf<R>;
    readonly body: BodyOf<R>;
    readonly upload: R['upload'] extends true ? Upload : undefined;
    readonly session: Session;
  },
) => Promise<R['download'] extends true ? Download : ResponseOf<R>>;

/** A contract with the handler that serves it; the generic type is erased, the pairing was checked by `serve`. */
export interface ServedRoute {
  readonly name: string;
  readonly route: RouteContract;
  readonly handle: (situation: never) => Promise<unknown>;
  /**
   * The same for several requests in one transaction, one answer each: the answer, a `Refusal`, or `alone` of `gather.ts`.
   * Absent: each request has a transaction of its own.
   */
  readonly together?: (situations: never) => Promise<readonly unknown[]>;
}

/** Pairs every route of a room's contract with its handler; a missing or superfluous handler does not compile. */
export function serve<T extends Readonly<Record<string, RouteContract>>>(
  routes: T,
  handlers: { readonly [K in keyof T]: Handler<T[K]> },
): readonly ServedRoute[] {
  return Object.entries(routes).map(([name, route]) => ({
    name,
    route,
    handle: handlers[name as keyof T] as (situation: never) => Promise<unknown>,
  }));
}
