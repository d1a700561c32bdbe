import { useEffect } from 'react';
import type { HomeGroup } from '../../../platform/web/parts/HomeGroups.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { listingLifecycle } from '../lifecycle.ts';
import { api, stateTone } from './supervision-client.ts';

const SHOWN = 8;

/** Lent to the home page: tells it which listings await the person; draws nothing itself. */
export function HomeListings({ report }: { report: (room: string, groups: readonly HomeGroup[]) => void }) {
  const { data } = useRead(api.proposalsToDecide, {}, { refreshEvery: 60_000 });
  useEffect(() => {
    if (!data) return;
    const rows = data.rows.slice(0, SHOWN).map(({ listing, word }): HomeGroup['rows'][number] => ({
      id: listing.id,
      to: `/listings/${listing.id}`,
      lamp: listing.lamp,
      lampReason: listing.lampReason,
      number: listing.number,
      title: `${word}：${listing.matter}`,
      who: listing.leadUnitName,
      tone: stateTone[listing.state],
      state: listingLifecycle.states[listing.state],
      due: listing.acceptanceDueOn ?? listing.limitOn,
    }));
    report(
      'supervision',
      rows.length === 0
        ? []
        : [
            {
              key: 'listings',
              title: '挂牌督办',
              hint: '提请、方案、验收、摘牌等您办理。',
              tone: data.rows.some((one) => one.listing.lamp === 'red') ? 'red' : 'amber',
              total: data.rows.length,
              totalIsCapped: false,
              to: '/listings?only=mine',
              rows,
            },
          ],
    );
  }, [data, report]);
  return null;
}
