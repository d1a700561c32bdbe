import { Link } from 'react-router';
import { Lamp } from '../../../../platform/web/parts/Lamp.tsx';
import { StatusTag } from '../../../../platform/web/parts/StatusTag.tsx';
import { pressureLifecycle } from '../../pressure-lifecycle.ts';
import { type PressureLine, stateTone, stateWord } from './pressures-client.ts';

/** Measures as short lines, for panels on other pages. */
export function PressureLines({ rows }: { rows: readonly PressureLine[] }) {
  return (
    <ul className="g-home-lines">
      {rows.map((row) => (
        <li key={row.id} className="g-home-line">
          <Lamp colour={row.lamp} reason={row.lampReason} />
          <Link to={`/pressures/${row.id}`}>
            <span className="g-code">{row.number}</span> {row.kindWord}：{row.matter}
          </Link>
          <StatusTag tone={stateTone[row.state]}>{stateWord(row.kind, row.state, pressureLifecycle.states)}</StatusTag>
          <span className="g-quiet g-figures">{row.servedOn ?? row.suggestedOn}</span>
        </li>
      ))}
    </ul>
  );
}
