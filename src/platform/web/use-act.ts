import { useCallback, useEffect, useRef, useState } from 'react';
import type { RouteContract } from '../../kernel/contract.ts';
import type { ApiCall, CallOptions, InputOf, OutputOf } from './client.ts';
import { newKey } from './key.ts';
import { asRefused, type RefusedError } from './refused.ts';
import { answers } from './use-read.ts';

export interface ActOptions<R extends RouteContract> {
  /** After the server has acknowledged; the lists on the page are refreshed anyway. */
  readonly onDone?: (result: OutputOf<R>, input: InputOf<R>) => void;
  readonly onRefused?: (refusal: RefusedError) => void;
  /** Do not refresh what the page shows (saving of drafts every few seconds). */
  readonly quiet?: boolean;
}

export interface Acting<R extends RouteContract> {
  /** Sends the act; a second click while it runs joins the first. Null when refused: `refusal` then says why. */
  readonly act: (input: InputOf<R>) => Promise<OutputOf<R> | null>;
  /** Sends the last act again with the same key, after the network failed. */
  readonly resend: () => Promise<OutputOf<R> | null>;
  readonly busy: boolean;
  readonly refusal: RefusedError | null;
  /** Share of an upload already sent, 0–1; null when nothing is being uploaded. */
  readonly progress: number | null;
  readonly clear: () => void;
}

const fingerprint = (input: unknown): string =>
  JSON.stringify(input, (_key, value) =>
    value instanceof File ? `${value.name}/${value.size}/${value.lastModified}` : value,
  );

/**
 * Performs a changing route. The idempotency key belongs to what was filled in: sending the same content again after
 * a lost answer takes effect once; after an answer, or when the content was changed, a new key is made.
 */
export function useAct<R extends RouteContract>(call: ApiCall<R>, options: ActOptions<R> = {}): Acting<R> {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<RefusedError | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const running = useRef<Promise<OutputOf<R> | null> | null>(null);
  const sent = useRef<{ key: string; print: string; input: InputOf<R> } | null>(null);
  const told = useRef(options);
  useEffect(() => {
    told.current = options;
  });

  const act = useCallback(
    (input: InputOf<R>): Promise<OutputOf<R> | null> => {
      if (running.current !== null) return running.current;
      const print = fingerprint(input);
      if (sent.current === null || sent.current.print !== print) sent.current = { key: newKey(), print, input };
      const send = call as unknown as (input: InputOf<R>, options: CallOptions) => Promise<OutputOf<R>>;
      const { key } = sent.current;
      const go = async (): Promise<OutputOf<R> | null> => {
        setBusy(true);
        setRefusal(null);
        try {
          const result = await send(input, call.route.upload ? { key, onProgress: setProgress } : { key });
          sent.current = null;
          if (told.current.quiet !== true) void answers.invalidateQueries();
          told.current.onDone?.(result, input);
          return result;
        } catch (thrown) {
          const refused = asRefused(thrown);
          // An answer was given, even if a refusing one: the next attempt is a new act.
          if (refused.kind !== 'unreachable' && refused.kind !== 'broken') sent.current = null;
          setRefusal(refused);
          told.current.onRefused?.(refused);
          return null;
        } finally {
          running.current = null;
          setBusy(false);
          setProgress(null);
        }
      };
      running.current = go();
      return running.current;
    },
    [call],
  );
  const resend = useCallback(() => (sent.current === null ? Promise.resolve(null) : act(sent.current.input)), [act]);
  const clear = useCallback(() => setRefusal(null), []);
  return { act, resend, busy, refusal, progress, clear };
}
