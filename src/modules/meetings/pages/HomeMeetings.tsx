import { useEffect } from 'react';
import type { HomeGroup } from '../../../platform/web/parts/HomeGroups.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { api } from './meetings-client.ts';

/** Lent to the home page: meetings, requests, letters and rosters that await the person; draws nothing itself. */
export function HomeMeetings({ report }: { report: (room: string, groups: readonly HomeGroup[]) => void }) {
  const { data } = useRead(api.meetingsToDo, {}, { refreshEvery: 60_000 });
  useEffect(() => {
    if (data)
      report(
        'meetings',
        data.groups.map((group) => ({ ...group, totalIsCapped: false })),
      );
  }, [data, report]);
  return null;
}
