import type { Static, TSchema } from 'typebox';

/**
 * One route as data, shared by server, pages and the OpenAPI description.
 * `permission` and `audit` have no default: a route that names neither does not compile.
 */
export interface RouteContract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** '/api/tasks/:id' */
  readonly path: string;
  /** What it does, in Chinese: the summary of the API description and of the audit. */
  readonly summary: string;
  /** 'public', 'signedIn', or a name from a room's `permissions.ts`. */
  readonly permission: string;
  /** Word under which the act is audited; null for reading. */
  readonly audit: string | null;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly response: TSchema;
  /** The body is a file (multipart) and not JSON. */
  readonly upload?: true;
  /** The response is a file or a stream: `response` is not checked. */
  readonly download?: true;
  /** The answer holds a secret shown once (an initial password): it is never kept for resent requests. */
  readonly secret?: true;
}

type Of<T> = T extends TSchema ? Static<T> : undefined;
export type ParamsOf<R extends RouteContract> = Of<R['params']>;
export type QueryOf<R extends RouteContract> = Of<R['query']>;
export type BodyOf<R extends RouteContract> = Of<R['body']>;
export type ResponseOf<R extends RouteContract> = Static<R['response']>;

/** Declares a room's routes with their exact types kept. */
export const contract = <const T extends Readonly<Record<string, RouteContract>>>(routes: T): T => routes;
