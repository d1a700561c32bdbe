import { useCallback, useEffect, useRef, useState } from 'react';
import { useSession } from './session.tsx';

const PREFIX = 'guatu.draft.';

/** The browser may refuse storage (private mode, full): then a draft lives only as long as the page. */
function read<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage the draft still stands in the open page.
  }
}

export interface KeptDraft<T> {
  readonly draft: T;
  readonly setDraft: (change: T | ((old: T) => T)) => void;
  /** True when the form was filled from an earlier, unsent draft: say so to the person. */
  readonly restored: boolean;
  /** After the act was acknowledged, or when the person throws the draft away. */
  readonly forget: () => void;
}

/**
 * State of a form that survives a lost session, a closed tab and a restart of the browser. Kept per person and `key`
 * (`task.progress.<id>`); files cannot be kept.
 */
export function useKeptDraft<T>(key: string, initial: T): KeptDraft<T> {
  const { actor } = useSession();
  const place = `${PREFIX}${actor?.accountId ?? ''}.${key}`;
  const first = useRef(initial);
  const [state, setState] = useState(() => ({ place, kept: read<T>(place) }));
  const [draft, setValue] = useState<T>(() => state.kept ?? initial);
  useEffect(() => {
    if (state.place === place) return;
    const kept = read<T>(place);
    setState({ place, kept });
    setValue(kept ?? first.current);
  }, [place, state.place]);
  const setDraft = useCallback(
    (change: T | ((old: T) => T)) => {
      setValue((old) => {
        const next = typeof change === 'function' ? (change as (old: T) => T)(old) : change;
        write(place, next);
        return next;
      });
    },
    [place],
  );
  const forget = useCallback(() => {
    write(place, null);
    setState({ place, kept: null });
    setValue(first.current);
  }, [place]);
  return { draft, setDraft, restored: state.kept !== null, forget };
}
