import { useSearchParams } from 'react-router';
import { useSession } from './session.tsx';

/** The past day that the page shows, kept in the address as `asOf`; today when absent. */
export function useAsOf(): {
  readonly day: string;
  readonly isPast: boolean;
  readonly setDay: (d: string | null) => void;
} {
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const given = params.get('asOf');
  const day = given !== null && /^\d{4}-\d{2}-\d{2}$/.test(given) && given < today ? given : today;
  const setDay = (next: string | null) =>
    setParams(
      (old) => {
        const changed = new URLSearchParams(old);
        if (next === null || next >= today) changed.delete('asOf');
        else changed.set('asOf', next);
        return changed;
      },
      { replace: true },
    );
  return { day, isPast: day < today, setDay };
}
