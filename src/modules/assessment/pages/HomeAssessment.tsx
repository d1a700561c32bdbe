import { useEffect } from 'react';
import type { HomeGroup } from '../../../platform/web/parts/HomeGroups.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { api } from './assessment-client.ts';

const SHOWN = 8;

/** Lent to the home page: which parts of an assessment await the person; draws nothing itself. */
export function HomeAssessment({ report }: { report: (room: string, groups: readonly HomeGroup[]) => void }) {
  const { today } = useSession();
  const { data } = useRead(api.assessmentToDo, {}, { refreshEvery: 120_000 });
  useEffect(() => {
    if (!data) return;
    const rows = data.rows.slice(0, SHOWN).map((one): HomeGroup['rows'][number] => {
      const late = one.due !== null && one.due < today;
      return {
        id: one.key,
        to: one.to,
        lamp: late ? 'red' : 'amber',
        lampReason: late ? `应于${one.due}前办理` : '等待办理',
        number: one.number,
        title: `${one.word}：${one.title}`,
        who: one.who,
        tone: 'waiting',
        state: '待办理',
        due: one.due ?? '—',
      };
    });
    report(
      'assessment',
      rows.length === 0
        ? []
        : [
            {
              key: 'assessment',
              title: '考核',
              hint: '自评、打分、否决认定、申诉处理等您办理。',
              tone: 'amber',
              total: data.rows.length,
              totalIsCapped: false,
              to: '/assessment',
              rows,
            },
          ],
    );
  }, [data, report, today]);
  return null;
}
