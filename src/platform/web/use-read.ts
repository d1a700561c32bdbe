import { keepPreviousData, QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { RouteContract } from '../../kernel/contract.ts';
import type { ApiCall, InputOf, LooseInput, OutputOf } from './client.ts';
import type { RefusedError } from './refused.ts';

export interface ReadOptions {
  /** Do not ask yet (nothing chosen, tab closed). */
  readonly enabled?: boolean;
  /** Ask again every so many milliseconds while the page is visible. */
  readonly refreshEvery?: number | false;
  /** Show the former answer while the next one loads (paging); true unless told otherwise. */
  readonly keepFormer?: boolean;
}

/** One cache of answers per open page. Intranets often look "offline" to a browser, so its opinion is not asked. */
export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => (error as RefusedError).kind === 'unreachable' && failures < 2,
      retryDelay: 800,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Reads from a GET route: `useRead(api.listTasks, { query })`. `error` is a RefusedError; give it to `<RefusalAlert>`. */
export function useRead<R extends RouteContract>(
  call: ApiCall<R>,
  input?: InputOf<R>,
  options: ReadOptions = {},
): UseQueryResult<OutputOf<R>, RefusedError> {
  const ask = call as unknown as (input: unknown, options: { signal: AbortSignal }) => Promise<OutputOf<R>>;
  return useQuery<OutputOf<R>, RefusedError>({
    queryKey: [call.route.path, (input ?? {}) as LooseInput],
    queryFn: ({ signal }) => ask(input ?? {}, { signal }),
    enabled: options.enabled ?? true,
    ...(options.refreshEvery === undefined ? {} : { refetchInterval: options.refreshEvery }),
    ...(options.keepFormer === false ? {} : { placeholderData: keepPreviousData }),
  });
}

/**
 * Shows what a changing route answered in the shape of a reading one, without waiting until it is read again: who clicks on
 * at once acts on what he just did.
 */
export function showAnswer<R extends RouteContract>(call: ApiCall<R>, input: InputOf<R>, answer: OutputOf<R>): void {
  answers.setQueryData([call.route.path, input], answer);
}
