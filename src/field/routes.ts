import type { BodyOf, QueryOf, ResponseOf } from '../kernel/contract.ts';
import type { accessApi } from '../modules/access/api.ts';
import type { enterprisesApi } from '../modules/enterprises/api.ts';
import type { problemsApi } from '../modules/problems/api.ts';
import type { fieldApi } from '../modules/problems/api-field.ts';
import type { filesApi } from '../platform/files/api.ts';

type Contracts = typeof accessApi & typeof enterprisesApi & typeof fieldApi & typeof filesApi & typeof problemsApi;

/**
 * Method and path of each route that the phone uses. The contracts themselves are imported as types only, so that their
 * schemas stay out of the bundle; a path that is not the contract's does not compile.
 */
export const routes = {
  readSession: ['GET', '/api/session'],
  signIn: ['POST', '/api/session'],
  signOut: ['DELETE', '/api/session'],
  fieldStart: ['GET', '/api/field/start'],
  fieldPlaces: ['GET', '/api/field/places'],
  listEnterprises: ['GET', '/api/enterprises'],
  enterpriseByNumber: ['GET', '/api/enterprises/by-number/:number'],
  addFile: ['POST', '/api/files'],
  listProblems: ['GET', '/api/problems'],
  viewProblem: ['GET', '/api/problems/:id'],
  registerProblem: ['POST', '/api/problems'],
  receiveProblem: ['POST', '/api/problems/:id/receive'],
  reportProblem: ['POST', '/api/problems/:id/progress'],
  reportProblemDone: ['POST', '/api/problems/:id/done'],
  recheckProblem: ['POST', '/api/problems/:id/recheck'],
} as const satisfies { readonly [K in keyof Contracts]?: readonly [Contracts[K]['method'], Contracts[K]['path']] };

export type RouteName = keyof typeof routes;
export type Answer<K extends RouteName> = ResponseOf<Contracts[K]>;
export type Body<K extends RouteName> = BodyOf<Contracts[K]>;
export type Query<K extends RouteName> = QueryOf<Contracts[K]>;
