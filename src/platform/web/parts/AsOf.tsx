import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { useSession } from '../session.tsx';
import { DayPicker } from './DayPicker.tsx';

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

/** Chooses the day as of which everything on the page is shown, and says clearly when it is not today. */
export function AsOf() {
  const { today } = useSession();
  const { day, isPast, setDay } = useAsOf();
  return (
    <span className="g-asof">
      <span aria-hidden="true">截至</span>
      <DayPicker label="截至日期" value={day} to={today} required onChange={setDay} />
      {isPast ? (
        <>
          <b className="g-asof-past">正在查看 {day} 当天的情况</b>
          <Button size="small" onClick={() => setDay(null)}>
            回到今天
          </Button>
        </>
      ) : null}
    </span>
  );
}
