import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteContract } from '../../kernel/contract.ts';
import { fillPath, queryText } from './address.ts';
import { type ReceivedFile, send } from './request.ts';

type Nothing = Record<never, never>;
type Required1<K extends string, T> = undefined extends T ? Nothing : { readonly [P in K]: T };
type Loose<K extends string, T> = undefined extends T
  ? Nothing
  : Nothing extends T
    ? { readonly [P in K]?: T }
    : { readonly [P in K]: T };

interface FileInput {
  readonly file: File;
  /** Text fields of the same form. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a call takes: `params` in the path, `query`, a JSON `body`, or a `file` with `fields`. */
export type InputOf<R extends RouteContract> = Required1<'params', ParamsOf<R>> &
  Loose<'query', QueryOf<R>> &
  (R['upload'] extends true ? FileInput : Loose<'body', BodyOf<R>>);

/** What a call gives: the response's JSON, or the file of a download route. */
export type OutputOf<R extends RouteContract> = R['download'] extends true ? ReceivedFile : ResponseOf<R>;

export interface CallOptions {
  /** Idempotency key; `useAct` makes one per click and reuses it when the act is sent again. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Share of the upload already sent, 0–1. */
  readonly onProgress?: (share: number) => void;
}

/** One route as a function; throws RefusedError. */
export interface ApiCall<R extends RouteContract> {
  (
    ...given: Nothing extends InputOf<R> ? [input?: InputOf<R>, options?: CallOptions] : [InputOf<R>, CallOptions?]
  ): Promise<OutputOf<R>>;
  readonly route: R;
  /** The address with its query, for links to files and for `<img>`; only of use with GET. */
  address(input: InputOf<R>): string;
}

export type Client<T extends Readonly<Record<string, RouteContract>>> = { readonly [K in keyof T]: ApiCall<T[K]> };

/** Shape of an input when its route is not known at compile time. */
export interface LooseInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly file?: File;
  readonly fields?: Readonly<Record<string, string>>;
}

const addressOf = (route: RouteContract, input: LooseInput): string =>
  fillPath(route.path, input.params) + queryText(input.query);

/** Fields go before the file, so that a server that reads the form as a stream knows them when the file begins. */
function formOf(input: LooseInput): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(input.fields ?? {})) form.append(name, value);
  if (input.file !== undefined) form.append('file', input.file, input.file.name);
  return form;
}

function callOf(route: RouteContract) {
  const call = (input: LooseInput = {}, options: CallOptions = {}): Promise<unknown> =>
    send({
      method: route.method,
      address: addressOf(route, input),
      ...(route.upload ? { form: formOf(input) } : input.body === undefined ? {} : { body: input.body }),
      asFile: route.download === true,
      open: route.permission === 'public',
      ...options,
    });
  return Object.assign(call, { route, address: (input: LooseInput = {}) => addressOf(route, input) });
}

/** Makes a room's routes callable from pages, typed from the same contract that the server serves. */
export function client<const T extends Readonly<Record<string, RouteContract>>>(routes: T): Client<T> {
  const calls = Object.entries(routes).map(([name, route]) => [name, callOf(route)] as const);
  return Object.fromEntries(calls) as unknown as Client<T>;
}

/** Hands a received file to the browser's downloads. */
export function save(file: ReceivedFile): void {
  const address = URL.createObjectURL(file.blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
