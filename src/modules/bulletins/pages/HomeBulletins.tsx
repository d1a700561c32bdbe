import { useEffect } from 'react';
import type { HomeGroup } from '../../../platform/web/parts/HomeGroups.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { bulletinLifecycle } from '../lifecycle.ts';
import { api, stateTone } from './bulletins-client.ts';

const SHOWN = 8;

/** Lent to the home page: bulletins that lie ready or wait for the person; draws nothing itself. */
export function HomeBulletins({ report }: { report: (room: string, groups: readonly HomeGroup[]) => void }) {
  const { data } = useRead(api.bulletinsToDo, {}, { refreshEvery: 60_000 });
  useEffect(() => {
    if (!data) return;
    const rows = data.rows.slice(0, SHOWN).map(({ bulletin, word }): HomeGroup['rows'][number] => ({
      id: bulletin.id,
      to: `/bulletins/${bulletin.id}`,
      lamp: 'amber',
      lampReason: word,
      number: bulletin.number,
      title: `${word}：${bulletin.title}`,
      who: bulletin.submittedByName ?? '系统起草',
      tone: stateTone[bulletin.state],
      state: bulletinLifecycle.states[bulletin.state],
      due: bulletin.periodTo,
    }));
    report(
      'bulletins',
      rows.length === 0
        ? []
        : [
            {
              key: 'bulletins',
              title: '日报、周通报、月调度',
              hint: '已经备好的草稿，和等您审批、印发的通报。',
              tone: 'amber',
              total: data.rows.length,
              totalIsCapped: false,
              to: '/bulletins',
              rows,
            },
          ],
    );
  }, [data, report]);
  return null;
}
