import { Alert, Button, Checkbox, Input, Modal, Select, Spin, Tabs } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import type { Block, Span } from '../../../kernel/document.ts';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { SourceText } from '../../../platform/web/parts/SourceText.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import type { SourceMark } from '../../../platform/web/source-marks.ts';
import { useAct } from '../../../platform/web/use-act.ts';
import { showAnswer, useRead } from '../../../platform/web/use-read.ts';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import type { PointKind } from '../batch.ts';
import { gradeWords } from '../problem.ts';
import { BatchHead, BatchHistory } from './BatchHead.tsx';
import { BatchLineCard } from './BatchLineCard.tsx';
import { BatchMentions } from './BatchMentions.tsx';
import { type BatchView, batches, type Line, type Operation, type Review } from './batch-client.ts';

type Filter = 'all' | 'blocked' | 'ready' | 'done' | PointKind;
const legend = { source: '这一条的原文', lead: '责任单位', deadline: '时限', doubt: '等级、状态' } as const;

const blocked = (line: Line): boolean => line.state === 'open' && line.points.some((point) => point.blocks);

function fits(line: Line, filter: Filter): boolean {
  if (filter === 'all') return true;
  if (filter === 'blocked') return blocked(line);
  if (filter === 'ready') return line.state === 'open' && !blocked(line);
  if (filter === 'done') return line.state !== 'open';
  return line.points.some((point) => point.kind === filter);
}

/** What the list says of a line, marked in its text. */
function marksOf(line: Line): SourceMark[] {
  const of = (kind: string, said: readonly ({ readonly source: Span } | null)[]): SourceMark[] =>
    said.flatMap((one) => (one ? [{ ...one.source, kind }] : []));
  return [
    { ...line.source, kind: 'source' },
    ...of('lead', [...line.said.lead, ...line.said.co, line.said.supervising]),
    ...of('deadline', [line.said.due, line.said.found]),
    ...of('doubt', [line.said.grade, line.said.status]),
  ];
}

/** The lines of a list beside its text, doubts first, each settled with one click; then registered at once. */
export function BatchReview({ view, header, refresh }: { view: BatchView; header: ReactNode; refresh: () => void }) {
  const { today } = useSession();
  const { batch, lines } = view;
  const text = useRead(batches.readBatchText, { params: { id: batch.id } });
  const [selected, setSelected] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState<Filter>('all');
  const [pane, setPane] = useState<'text' | 'work'>('work');
  const [focus, setFocus] = useState<Span | null>(null);
  const [selection, setSelection] = useState<Span | null>(null);
  const [registering, setRegistering] = useState(false);
  const acting = useAct(batches.reviewBatch, {
    onDone: (reviewed) => showAnswer(batches.readBatch, { params: { id: batch.id } }, reviewed),
  });
  const review: Review = {
    today,
    usualDays: view.usualDays,
    busy: acting.busy,
    candidates: (wording) => view.meanings.find((one) => one.text === wording)?.candidates ?? [],
    run: async (operation) =>
      (await acting.act({ params: { id: batch.id }, body: { version: batch.version, operation } })) !== null,
  };
  const waiting = lines.filter(blocked);
  const ready = lines.filter((line) => line.state === 'open' && !blocked(line));
  const order = useMemo(() => {
    const rank = (line: Line): number =>
      blocked(line) ? 0 : line.state === 'open' && line.points.length > 0 ? 1 : line.state === 'open' ? 2 : 3;
    return [...lines].sort((a, b) => rank(a) - rank(b) || a.position - b.position);
  }, [lines]);
  const shown = order.filter((line) => fits(line, filter));
  const line = lines.find((one) => one.id === selected) ?? null;
  const marks = useMemo(() => (line ? marksOf(line) : []), [line]);
  const kinds = useMemo(() => {
    const counted = new Map<PointKind, { word: string; n: number }>();
    for (const each of lines)
      for (const point of each.points) {
        const before = counted.get(point.kind);
        counted.set(point.kind, { word: point.word, n: (before?.n ?? 0) + 1 });
      }
    return [...counted];
  }, [lines]);
  const unresolved = view.meanings.filter((one) => one.kind === 'unresolved').length;
  const select = (id: string, scroll = true): void => {
    setSelected(id === selected ? null : id);
    const next = lines.find((one) => one.id === id);
    if (next && scroll && id !== selected) setFocus({ ...next.source });
  };
  const placed = (offset: number): void => {
    const here = lines
      .filter((one) => one.source.start <= offset && offset <= one.source.end)
      .sort((a, b) => a.source.end - a.source.start - (b.source.end - b.source.start))[0];
    if (!here) return;
    setFilter('all');
    setSelected(here.id);
  };
  const original = (
    <section className={`p-pane p-pane-text${pane === 'text' ? '' : ' p-pane-away'}`} aria-label="清单原文">
      <div className="p-pane-head">
        <span className="p-legend">
          {Object.entries(legend).map(([kind, word]) => (
            <span key={kind} className={`p-mark-${kind}`}>
              {word}
            </span>
          ))}
        </span>
        {selection ? (
          <Button
            size="small"
            type="primary"
            disabled={review.busy}
            onClick={() => void review.run({ do: 'add', source: { ...selection } }).then(() => setSelection(null))}
          >
            用选中的文字新增一条
          </Button>
        ) : null}
      </div>
      {text.data && text.data.losses.length > 0 ? (
        <Alert type="warning" showIcon title={text.data.losses.map((loss) => loss.message).join('；')} closable />
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard */}
      <section className="p-scroll" tabIndex={0} aria-label="原文，可滚动">
        {text.data ? (
          <SourceText
            text={text.data.text}
            blocks={text.data.blocks as readonly Block[]}
            marks={marks}
            focus={focus}
            onPlace={placed}
            onSelect={setSelection}
          />
        ) : (
          <Spin />
        )}
      </section>
    </section>
  );
  const many = [...chosen].filter((id) => lines.some((one) => one.id === id && one.state === 'open'));
  const linesTab = (
    <div className="b-lines">
      <div className="g-row b-tools">
        <Select<Filter>
          aria-label="筛选各条"
          className="b-filter"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: `全部（${lines.length}）` },
            { value: 'blocked', label: `须处理（${waiting.length}）` },
            { value: 'ready', label: `可登记（${ready.length}）` },
            { value: 'done', label: `已了结（${lines.filter((one) => one.state !== 'open').length}）` },
            ...kinds.map(([kind, { word, n }]) => ({ value: kind as Filter, label: `${word}（${n}）` })),
          ]}
        />
        <Button
          size="small"
          onClick={() => {
            const open = shown.filter((one) => one.state === 'open').map((one) => one.id);
            setChosen(many.length === open.length ? new Set() : new Set(open));
          }}
        >
          {many.length > 0 ? '取消选择' : '全选'}
        </Button>
      </div>
      {many.length > 0 ? <Many ids={many} review={review} onDone={() => setChosen(new Set())} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ul className="b-list" tabIndex={0} aria-label="清单各条">
        {shown.map((one) => (
          <BatchLineCard
            key={one.id}
            line={one}
            review={review}
            open={one.id === selected}
            chosen={chosen.has(one.id)}
            onOpen={() => select(one.id)}
            onShow={() => {
              setSelected(one.id);
              setFocus({ ...one.source });
              setPane('text');
            }}
            onChoose={(on) => {
              const next = new Set(chosen);
              if (on) next.add(one.id);
              else next.delete(one.id);
              setChosen(next);
            }}
          />
        ))}
        {shown.length === 0 ? (
          <li className="g-quiet b-none">
            {lines.length === 0 ? '没有识别出问题。可以在原文中选中文字，新增一条。' : '没有符合筛选的条目。'}
          </li>
        ) : null}
      </ul>
    </div>
  );
  return (
    <div className="b-review">
      {header}
      <RefusalAlert refusal={acting.refusal} onRefresh={refresh} onClose={acting.clear} />
      <div className="g-row b-bar-top" role="status">
        <span>
          共 <b>{lines.length}</b> 条：
          {waiting.length > 0 ? (
            <button type="button" className="b-link g-major" onClick={() => setFilter('blocked')}>
              {waiting.length} 条须处理
            </button>
          ) : (
            '都已核清'
          )}
          ，{ready.length} 条可以登记
          {batch.lines.registered > 0 ? `，已登记 ${batch.lines.registered} 条` : ''}
        </span>
        <Button type="primary" disabled={ready.length === 0} onClick={() => setRegistering(true)}>
          登记{ready.length > 0 ? ` ${ready.length} 条` : ''}
        </Button>
      </div>
      <div className="p-switch">
        <Button type={pane === 'text' ? 'primary' : 'default'} onClick={() => setPane('text')}>
          原文
        </Button>
        <Button type={pane === 'work' ? 'primary' : 'default'} onClick={() => setPane('work')}>
          问题与疑问
        </Button>
      </div>
      <div className="p-two">
        {original}
        <section className={`p-pane${pane === 'work' ? '' : ' p-pane-away'}`} aria-label="问题与疑问">
          <Tabs
            size="small"
            destroyOnHidden
            items={[
              { key: 'lines', label: `问题（${lines.length}）`, children: linesTab },
              {
                key: 'units',
                label: unresolved > 0 ? `单位（${unresolved}待对应）` : '单位',
                children: <BatchMentions view={view} review={review} />,
              },
              {
                key: 'head',
                label: '来文与记录',
                children: (
                  <div className="b-scroll">
                    <BatchHead view={view} review={review} />
                    <BatchHistory view={view} />
                  </div>
                ),
              },
            ]}
          />
        </section>
      </div>
      {registering ? (
        <Register view={view} waiting={waiting.length} ready={ready.length} onClose={() => setRegistering(false)} />
      ) : null}
    </div>
  );
}

/** What several lines get at once. */
function Many({ ids, review, onDone }: { ids: readonly string[]; review: Review; onDone: () => void }) {
  const [due, setDue] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const run = (operation: Operation) => void review.run(operation).then((done) => done && onDone());
  return (
    <section className="b-many" aria-label={`已选 ${ids.length} 条`}>
      <span>已选 {ids.length} 条：</span>
      <span className="b-inline">
        <UnitPicker
          label="责任单位改为"
          value={null}
          disabled={review.busy}
          onChange={(unit) => unit && run({ do: 'edit', lines: [...ids], changes: { leadUnitId: unit } })}
        />
      </span>
      <DayPicker label="整改时限改为" value={due} from={review.today} onChange={setDue} />
      <Button
        size="small"
        disabled={due === null || review.busy}
        onClick={() => run({ do: 'edit', lines: [...ids], changes: { dueOn: due } })}
      >
        定为时限
      </Button>
      <Select
        aria-label="等级改为"
        size="small"
        placeholder="等级"
        value={null}
        disabled={review.busy}
        options={Object.entries(gradeWords).map(([value, label]) => ({ value, label }))}
        onChange={(grade: 'general' | 'major' | null) =>
          grade && run({ do: 'edit', lines: [...ids], changes: { grade } })
        }
      />
      <Input
        size="small"
        className="b-reason"
        aria-label="不登记的原因"
        placeholder="不登记的原因"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        size="small"
        danger
        disabled={reason.trim() === '' || review.busy}
        onClick={() => run({ do: 'discard', lines: [...ids], reason })}
      >
        不登记
      </Button>
    </section>
  );
}

function Register(props: { view: BatchView; waiting: number; ready: number; onClose: () => void }) {
  const { batch } = props.view;
  const [settledOnly, setSettledOnly] = useState(false);
  const act = useAct(batches.registerBatch, { onDone: props.onClose });
  return (
    <Modal
      open
      title={`登记${batch.number}`}
      okText={`登记 ${props.ready} 条`}
      cancelText="返回"
      confirmLoading={act.busy}
      okButtonProps={{ disabled: props.waiting > 0 && !settledOnly }}
      onOk={() => void act.act({ params: { id: batch.id }, body: { version: batch.version, settledOnly } })}
      onCancel={props.onClose}
    >
      <p>登记后各条有问题编号，交责任单位签收；原编号、来文和在清单中的位置都保留。</p>
      {props.waiting > 0 ? (
        <p>
          <Checkbox checked={settledOnly} onChange={(event) => setSettledOnly(event.target.checked)}>
            还有 {props.waiting} 条须处理，先登记核清的 {props.ready} 条，其余留在这份清单里
          </Checkbox>
        </p>
      ) : null}
      <RefusalAlert refusal={act.refusal} onResend={act.resend} />
    </Modal>
  );
}
