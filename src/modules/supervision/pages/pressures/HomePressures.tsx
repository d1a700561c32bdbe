import { useEffect } from 'react';
import type { HomeGroup } from '../../../../platform/web/parts/HomeGroups.tsx';
import { useRead } from '../../../../platform/web/use-read.ts';
import { pressureLifecycle } from '../../pressure-lifecycle.ts';
import { api, stateTone, stateWord } from './pressures-client.ts';

const SHOWN = 8;

/** Lent to the home page: tells it which measures await the person; draws nothing itself. */
export function HomePressures({ report }: { report: (room: string, groups: readonly HomeGroup[]) => void }) {
  const { data } = useRead(api.pressuresToDo, {}, { refreshEvery: 60_000 });
  useEffect(() => {
    if (!data) return;
    const group = (key: string, title: string, hint: string, to: string, rows: typeof data.rows): HomeGroup[] =>
      rows.length === 0
        ? []
        : [
            {
              key,
              title,
              hint,
              tone: rows.some((one) => one.pressure.lamp === 'red') ? 'red' : 'amber',
              total: rows.length,
              totalIsCapped: false,
              to,
              rows: rows.slice(0, SHOWN).map(({ pressure, word }) => ({
                id: pressure.id,
                to: `/pressures/${pressure.id}`,
                lamp: pressure.lamp,
                lampReason: pressure.lampReason,
                number: pressure.number,
                title: `${word}：${pressure.kindWord}「${pressure.matter}」`,
                who: pressure.unitName,
                tone: stateTone[pressure.state],
                state: stateWord(pressure.kind, pressure.state, pressureLifecycle.states),
                due: pressure.replyDueOn ?? pressure.suggestedOn,
              })),
            },
          ];
    const suggested = data.rows.filter((one) => one.pressure.state === 'suggested');
    const others = data.rows.filter((one) => one.pressure.state !== 'suggested');
    report('pressures', [
      ...group('pressures', '督促措施', '审批、送达、签收、回复、约谈等您办理。', '/pressures?only=mine', others),
      ...group(
        'suggested',
        '规则提示',
        '规则查到的情形，等安委办决定是否提请。',
        '/pressures?state=suggested',
        suggested,
      ),
    ]);
  }, [data, report]);
  return null;
}
