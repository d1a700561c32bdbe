import { Button } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { Link } from 'react-router';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import type { Line, Operation, Point, Review } from './batch-client.ts';

/** What is open in a line, each with what settles it in one click. */
export function BatchPoints({ line, review, all }: { line: Line; review: Review; all: boolean }) {
  // That a name is not in the register is no reason to look at every line; it is said where one looks.
  const points = line.points.filter(
    (point) => all || point.kind !== 'unknownEnterprise' || line.enterprises.length > 0,
  );
  if (points.length === 0) return null;
  return (
    <ul className="b-points">
      {points.map((point) => (
        <li key={`${point.kind}${point.about ?? ''}`} className={point.blocks ? 'b-point b-point-must' : 'b-point'}>
          <span>
            <b>{point.word}</b>　{point.says}
          </span>
          <span className="b-settle">
            <Settle line={line} point={point} review={review} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Settle({ line, point, review }: { line: Line; point: Point; review: Review }) {
  const run = (operation: Operation) => void review.run(operation);
  const off = review.busy;
  const edit = (changes: Extract<Operation, { do: 'edit' }>['changes']) =>
    run({ do: 'edit', lines: [line.id], changes });
  const accept = (label: string) => (
    <Button size="small" disabled={off} onClick={() => run({ do: 'accept', line: line.id, kind: point.kind })}>
      {label}
    </Button>
  );
  const discard = (label: string, reason: string) => (
    <Button size="small" disabled={off} onClick={() => run({ do: 'discard', lines: [line.id], reason })}>
      {label}
    </Button>
  );
  switch (point.kind) {
    case 'noUnit':
    case 'leadIsClass':
      return (
        <span className="b-inline">
          <UnitPicker
            label={`${point.word}：选择责任单位`}
            value={null}
            disabled={off}
            onChange={(unit) => unit && edit({ leadUnitId: unit })}
          />
        </span>
      );
    case 'unknownUnit':
      return <UnknownUnit point={point} review={review} />;
    case 'noDeadline':
    case 'deadlineUnclear':
    case 'deadlinePassed':
      return <Deadline line={line} review={review} onPick={(dueOn) => edit({ dueOn })} />;
    case 'gradeUnclear':
      return (
        <>
          <Button size="small" disabled={off} onClick={() => edit({ grade: 'general' })}>
            按一般
          </Button>
          <Button size="small" disabled={off} onClick={() => edit({ grade: 'major' })}>
            按重大
          </Button>
        </>
      );
    case 'noFound':
    case 'foundUnclear':
    case 'foundLater':
      return (
        <>
          <DayPicker
            label="发现日期"
            value={null}
            to={review.today}
            disabled={off}
            onChange={(day) => day && edit({ foundOn: day })}
          />
          {point.blocks ? null : accept('知道了')}
        </>
      );
    case 'saysClosed':
      return (
        <>
          {accept('按未整改登记')}
          {discard('不登记', '清单称已整改，不再登记')}
        </>
      );
    case 'sameInList':
      return (
        <>
          {discard('不登记', `与清单中${point.about ?? '另一条'}重复`)}
          {accept('不是同一个')}
        </>
      );
    case 'sameInLedger':
      return (
        <>
          {line.twins.slice(0, 2).map((twin) => (
            <span key={twin.id} className="b-twin">
              <Button
                size="small"
                type="primary"
                ghost
                disabled={off}
                onClick={() => run({ do: 'merge', line: line.id, problemId: twin.id })}
              >
                并入{twin.number}
              </Button>
              <Link to={`/problems/${twin.id}`}>看{twin.number}</Link>
            </span>
          ))}
          {accept('另行登记')}
        </>
      );
    case 'several':
      return (
        <>
          <Button size="small" disabled={off} onClick={() => run({ do: 'split', line: line.id, parts: line.parts })}>
            拆成{line.parts.length}条
          </Button>
          {accept('不拆')}
        </>
      );
    case 'unknownEnterprise':
      return (
        <>
          {line.enterprises.slice(0, 3).map((one) => (
            <Button
              key={one.id}
              size="small"
              type="primary"
              ghost
              disabled={off}
              title={one.reason}
              onClick={() => edit({ enterpriseId: one.id })}
            >
              是「{one.name}」
            </Button>
          ))}
          {accept('只记名称')}
        </>
      );
    case 'noText':
      return discard('不登记', '清单中这一行没有写问题');
    default:
      return point.blocks ? null : accept('知道了');
  }
}

function UnknownUnit({ point, review }: { point: Point; review: Review }) {
  const text = point.about ?? '';
  return (
    <>
      {review
        .candidates(text)
        .filter((one) => one.kind === 'unit')
        .slice(0, 2)
        .map((one) => (
          <Button
            key={one.id}
            size="small"
            type="primary"
            ghost
            disabled={review.busy}
            title={one.reason}
            onClick={() => void review.run({ do: 'settleMention', text, unitId: one.id, remember: true })}
          >
            是「{one.name}」
          </Button>
        ))}
      <span className="b-inline">
        <UnitPicker
          label={`「${text}」是`}
          value={null}
          disabled={review.busy}
          onChange={(unit) => unit && void review.run({ do: 'settleMention', text, unitId: unit, remember: true })}
        />
      </span>
      <Button size="small" disabled={review.busy} onClick={() => void review.run({ do: 'subjectIsUnit', text })}>
        是企业
      </Button>
      <Button
        size="small"
        disabled={review.busy}
        onClick={() => void review.run({ do: 'settleMention', text, unitId: null })}
      >
        不是单位
      </Button>
    </>
  );
}

function Deadline(props: { line: Line; review: Review; onPick: (day: string) => void }) {
  const { review } = props;
  const [picked, setPicked] = useState<string | null>(null);
  const days = review.usualDays[props.line.grade === 'major' ? 'major' : 'general'];
  const usual = dayjs(review.today).add(days, 'day').format('YYYY-MM-DD');
  return (
    <>
      <Button size="small" disabled={review.busy} onClick={() => props.onPick(usual)}>
        {usual}（{days}天后）
      </Button>
      <DayPicker
        label="整改时限"
        value={picked}
        from={review.today}
        disabled={review.busy}
        onChange={(day) => {
          setPicked(day);
          if (day) props.onPick(day);
        }}
      />
    </>
  );
}
