import { useEffect } from 'react';
import { client } from '../../../platform/web/client.ts';
import type { HomeGroup } from '../../../platform/web/parts/HomeGroups.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { problemHomeApi } from '../api-home.ts';
import { problemLifecycle } from '../lifecycle.ts';
import { ledgerAddress, type ProblemLine, stateTone } from './problems-client.ts';

const api = client(problemHomeApi);

const entryOf = (line: ProblemLine): HomeGroup['rows'][number] => ({
  id: line.id,
  to: `/problems/${line.id}`,
  lamp: line.lamp,
  lampReason: line.lampReason,
  number: line.number,
  title: line.title,
  who: line.leadUnitName,
  tone: stateTone[line.state],
  state: problemLifecycle.states[line.state],
  due: line.dueOn,
});

/** Lent to the home page: tells it which problems await the person; draws nothing itself. */
export function HomeProblems({ report }: { report: (room: string, groups: readonly HomeGroup[]) => void }) {
  const read = useRead(api.problemHome, {}, { refreshEvery: 60_000 });
  const { data } = read;
  useEffect(() => {
    if (data)
      report(
        'problems',
        data.groups.map((group) => ({
          key: group.key,
          title: group.title,
          hint: group.hint,
          tone: group.tone,
          total: group.total,
          totalIsCapped: group.totalIsCapped,
          to: group.query ? ledgerAddress(group.query) : null,
          rows: group.rows.map(entryOf),
        })),
      );
  }, [data, report]);
  return null;
}
