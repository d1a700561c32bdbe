import { Link } from 'react-router';
import '../../../platform/web/case.css';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { LampSign } from '../../../platform/web/parts/Lamp.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { dayApi, dayParts, dayPartWords } from '../api-day.ts';
import './day.css';

const api = client(dayApi);
type Day = ResponseOf<typeof dayApi.officeDay>;
type Group = Day['groups'][number];

const count = (group: Group): string => (group.capped ? `超过${group.total}` : String(group.total));

function OneGroup({ group }: { group: Group }) {
  return (
    <section className="g-day-group" id={`day-${group.key}`} aria-label={group.title}>
      <h3>
        {group.tone === 'plain' ? null : <LampSign colour={group.tone} />} {group.title}{' '}
        {group.to ? (
          <Link to={group.to} aria-label={`${group.title}${count(group)}件，查看全部`}>
            {count(group)}件
          </Link>
        ) : (
          <span className="g-figures">{count(group)}件</span>
        )}
      </h3>
      <ul>
        {group.lines.map((line) => (
          <li key={`${line.id}${line.says}`}>
            <Link to={line.to}>
              {line.number ? <span className="g-code">{line.number}</span> : null} {line.title}
            </Link>
            <span className={`g-quiet${line.tone === 'red' ? ' g-day-red' : ''}`}>
              {line.who ? `${line.who}　` : ''}
              {line.says}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Duty({ duty }: { duty: Day['duty'] }) {
  return (
    <Card title="今天谁值班">
      {duty.length === 0 ? <p className="g-quiet">今天不在重点时段之内。</p> : null}
      {duty.map((period) => (
        <div key={period.id}>
          <p>
            <Link to={`/special-periods/${period.id}`}>{period.name}</Link>
          </p>
          {period.gaps.length > 0 ? (
            <p className="g-day-red">
              <LampSign colour="red" /> 今天没有人值班：{period.gaps.join('、')}
            </p>
          ) : null}
          <ul className="g-day-duty">
            {period.shifts.map((one) => (
              <li key={one.unitName}>
                <b>{one.unitName}</b>
                <span>
                  带班 {one.leader} <a href={`tel:${one.leaderPhone}`}>{one.leaderPhone}</a>
                </span>
                <span>
                  值班 {one.person} <a href={`tel:${one.phone}`}>{one.phone}</a>
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}

/** 今日: the office's day on one page. Each number opens its list, each line its record. */
export function DayPage() {
  const read = useRead(api.officeDay, {}, { refreshEvery: 60_000 });
  const day = read.data;
  const parts = dayParts.map((part) => ({ part, groups: (day?.groups ?? []).filter((group) => group.part === part) }));
  const sum = (groups: readonly Group[]): number => groups.reduce((all, group) => all + group.total, 0);
  return (
    <>
      <PageHeader title="今日" says={day ? `${day.day}。每个数字打开它的清单，每一行打开它的记录。` : '正在读取…'} />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {day ? (
        <>
          <nav className="g-home-strip" aria-label="今日各项">
            {parts.map(({ part, groups }) => (
              <a
                key={part}
                href={`#part-${part}`}
                className={`g-home-figure g-home-${groups.some((group) => group.tone === 'red') ? 'red' : 'plain'}`}
              >
                <span>{dayPartWords[part]}</span>
                <b className="g-figures">{sum(groups)}</b>
              </a>
            ))}
          </nav>
          <div className="g-day-columns">
            <div>
              {parts
                .filter(({ part }) => part !== 'changed' && part !== 'missing')
                .map(({ part, groups }) => (
                  <Card key={part} id={`part-${part}`} title={dayPartWords[part]}>
                    {groups.length === 0 ? <p className="g-quiet">没有。</p> : null}
                    {groups.map((group) => (
                      <OneGroup key={group.key} group={group} />
                    ))}
                  </Card>
                ))}
            </div>
            <div>
              <Duty duty={day.duty} />
              {parts
                .filter(({ part }) => part === 'changed' || part === 'missing')
                .map(({ part, groups }) => (
                  <Card
                    key={part}
                    id={`part-${part}`}
                    title={part === 'changed' ? `${dayPartWords[part]}（${day.yesterday}起）` : dayPartWords[part]}
                  >
                    {groups.length === 0 ? <p className="g-quiet">没有。</p> : null}
                    {groups.map((group) => (
                      <OneGroup key={group.key} group={group} />
                    ))}
                  </Card>
                ))}
            </div>
          </div>
        </>
      ) : null}
    </>
  );
}
