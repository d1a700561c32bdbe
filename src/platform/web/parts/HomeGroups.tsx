import { Link } from 'react-router';
import '../case.css';
import { Lamp, type LampColour } from './Lamp.tsx';
import { Card } from './PageHeader.tsx';
import { StatusTag, type StatusTone } from './StatusTag.tsx';

/** One record that awaits the person: lamp, number and title, who, state, day. */
export interface HomeEntry {
  readonly id: string;
  readonly to: string;
  readonly lamp: LampColour;
  readonly lampReason: string;
  readonly number: string;
  readonly title: string;
  readonly who: string;
  readonly tone: StatusTone;
  readonly state: string;
  readonly due: string;
}

/** A group of them: 待签收, 已经逾期. `to` opens the list that shows all; null where no filter can say it. */
export interface HomeGroup {
  readonly key: string;
  readonly title: string;
  readonly hint: string;
  readonly tone: 'red' | 'amber' | 'plain';
  readonly total: number;
  readonly totalIsCapped: boolean;
  readonly to: string | null;
  readonly rows: readonly HomeEntry[];
}

const count = (group: HomeGroup): string => (group.totalIsCapped ? `超过${group.total}` : String(group.total));

/** The strip of counts, each leading to its group below. */
export function HomeStrip({ groups }: { groups: readonly HomeGroup[] }) {
  return (
    <nav className="g-home-strip" aria-label="待办分类">
      {groups.map((group) => (
        <a key={group.key} href={`#home-${group.key}`} className={`g-home-figure g-home-${group.tone}`}>
          <span>{group.title}</span>
          <b className="g-figures">{count(group)}</b>
        </a>
      ))}
    </nav>
  );
}

/** The groups with their first records. */
export function HomeGroups({ groups }: { groups: readonly HomeGroup[] }) {
  return (
    <>
      {groups.map((group) => (
        <Card
          key={group.key}
          id={`home-${group.key}`}
          title={`${group.title}（${count(group)}件）`}
          extra={group.to && group.total > group.rows.length ? <Link to={group.to}>查看全部</Link> : null}
        >
          <p className="g-quiet">{group.hint}</p>
          <ul className="g-home-lines">
            {group.rows.map((line) => (
              <li key={line.id} className="g-home-line">
                <Lamp colour={line.lamp} reason={line.lampReason} />
                <Link to={line.to}>
                  <span className="g-code">{line.number}</span> {line.title}
                </Link>
                <span className="g-quiet">{line.who}</span>
                <StatusTag tone={line.tone}>{line.state}</StatusTag>
                <span className="g-quiet g-figures">时限 {line.due}</span>
              </li>
            ))}
          </ul>
          {!group.to && group.total > group.rows.length ? (
            <p className="g-quiet">还有 {group.total - group.rows.length} 件，办完上面的会依次显示。</p>
          ) : null}
        </Card>
      ))}
    </>
  );
}
