import { Button } from 'antd';
import { useSession } from '../session.tsx';
import { useAsOf } from '../use-as-of.ts';
import { DayPicker } from './DayPicker.tsx';

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
