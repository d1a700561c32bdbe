import { useEffect } from 'react';
import type { HomeGroup } from '../../../platform/web/parts/HomeGroups.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { standingWords } from '../filing.ts';
import { api, clock, standingTone } from './filings-client.ts';

const SHOWN = 8;

/** Lent to the home page: what the person's unit has to report, the soonest first; draws nothing itself. */
export function HomeFilings({ report }: { report: (room: string, groups: readonly HomeGroup[]) => void }) {
  const { data } = useRead(api.reportsToDo, {}, { refreshEvery: 60_000 });
  useEffect(() => {
    if (!data) return;
    const missing = data.rows.filter((one) => one.standing === 'missing').length;
    const rows = data.rows.slice(0, SHOWN).map((one): HomeGroup['rows'][number] => ({
      id: one.id,
      to: `/periodic-reports/${one.id}`,
      lamp: one.standing === 'missing' ? 'red' : 'amber',
      lampReason: one.standing === 'missing' ? '已过时限' : `${clock(one.dueAt)}前`,
      number: one.number,
      title: `${one.rhythmName}（${one.periodWords}）`,
      who: `报${one.receiver}`,
      tone: standingTone[one.standing],
      state: standingWords[one.standing],
      due: one.dueOn,
    }));
    report(
      'filings',
      rows.length === 0
        ? []
        : [
            {
              key: 'filings',
              title: '待报送',
              hint: missing > 0 ? `有${missing}份已过时限，请尽快补报。` : '请在时限之前报送。',
              tone: missing > 0 ? 'red' : 'amber',
              total: data.rows.length,
              totalIsCapped: false,
              to: '/periodic-reports?only=mine',
              rows,
            },
          ],
    );
  }, [data, report]);
  return null;
}
