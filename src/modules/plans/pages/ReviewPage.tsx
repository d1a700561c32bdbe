import './plans.css';
import { Alert, Button, Select, Spin, Tabs } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Span } from '../../../kernel/document.ts';
import { save } from '../../../platform/web/client.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { SourceText } from '../../../platform/web/parts/SourceText.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { isMoot, lacks, type PointKind, pointKinds } from '../completeness.ts';
import { planLifecycle } from '../lifecycle.ts';
import type { Draft, ReviewDoubt } from '../plan.ts';
import { AdoptDialog } from './AdoptDialog.tsx';
import { DoubtsTab } from './DoubtsTab.tsx';
import { DraftEditor } from './DraftEditor.tsx';
import { DraftList } from './DraftList.tsx';
import { Gauge, type Lacking } from './Gauge.tsx';
import { HeadTab } from './HeadTab.tsx';
import { MentionsTab } from './MentionsTab.tsx';
import { draftAt, type Mark, marksOf, markWords } from './marks.ts';
import { plans, planTone } from './plans-client.ts';
import { StagesTab } from './StagesTab.tsx';
import { useUnitNames } from './UnitChoice.tsx';
import { type ReviewHandle, type ReviewState, useReview } from './useReview.ts';

type Filter = 'all' | 'out' | `lacks:${Lacking}` | `point:${PointKind}`;

/** The heart of the room: the original beside the drafts, until the plan can be adopted. */
export function ReviewPage() {
  const { id = '' } = useParams();
  const plan = useRead(plans.readPlan, { params: { id } }, { refreshEvery: 4000 });
  const state = plan.data?.plan.state;
  const readable = state === 'reviewing' || state === 'reference' || state === 'adopted' || state === 'withdrawn';
  const review = useReview(id, readable && plan.data?.plan.lines !== undefined);
  const text = useRead(plans.readPlanText, { params: { id } }, { enabled: readable });
  if (plan.error) return <RefusalAlert refusal={plan.error} />;
  if (!plan.data) return <Spin />;
  if (state === 'importing' || state === 'unreadable') return <Reading plan={plan.data.plan} />;
  if (review.trouble) return <RefusalAlert refusal={review.trouble} />;
  if (!review.state || !text.data) return <Spin />;
  return <Review review={review} state={review.state} text={text.data} readOnly={state !== 'reviewing'} />;
}

function Reading({ plan }: { plan: ReviewState['plan'] }) {
  const again = useAct(plans.readPlanAgain);
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title={plan.title}
        tag={<StatusTag tone={planTone[plan.state]}>{planLifecycle.states[plan.state]}</StatusTag>}
      />
      <section className="g-card" role="status" aria-live="polite">
        {plan.state === 'importing' ? (
          <p>
            <Spin size="small" /> {plan.readingStep ?? '正在识读'}…　文件「{plan.fileName}
            」。识读在后台进行，可以先去做别的事。
          </p>
        ) : (
          <Alert type="error" showIcon title={plan.readingError ?? '读取失败'} />
        )}
        <RefusalAlert refusal={again.refusal} />
        <div className="g-row">
          <Button loading={again.busy} onClick={() => void again.act({ params: { id: plan.id } })}>
            重新识读
          </Button>
          <Button onClick={() => navigate('/plans')}>返回方案台账</Button>
        </div>
      </section>
    </>
  );
}

function Review(props: {
  review: ReviewHandle;
  state: ReviewState;
  text: { text: string; blocks: Parameters<typeof SourceText>[0]['blocks']; losses: readonly { message: string }[] };
  readOnly: boolean;
}) {
  const { review, state, text, readOnly } = props;
  const navigate = useNavigate();
  const names = useUnitNames();
  const [selected, setSelected] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState<Filter>('all');
  const [tab, setTab] = useState('drafts');
  const [pane, setPane] = useState<'text' | 'work'>('work');
  const [focus, setFocus] = useState<Span | null>(null);
  const [selection, setSelection] = useState<Span | null>(null);
  const [place, setPlace] = useState<number | null>(null);
  const [adopting, setAdopting] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const workPane = useRef<HTMLElement>(null);
  const exporting = useAct(plans.keepPlanForReference, { onDone: () => navigate(`/plans/${state.plan.id}`) });

  const shown = useMemo(
    () => state.drafts.filter((draft) => fits(draft, filter, review)),
    [state.drafts, filter, review],
  );
  const draft = state.drafts.find((each) => each.id === selected) ?? null;
  const [shownDoubt, setShownDoubt] = useState<ReviewDoubt | null>(null);
  const marks = useMemo((): readonly Mark[] => {
    const doubt: readonly Mark[] = shownDoubt ? [{ ...shownDoubt.source, kind: 'doubt' }] : [];
    return [...(draft ? marksOf(draft) : []), ...doubt];
  }, [draft, shownDoubt]);
  const kept = state.drafts.filter((each) => each.discarded === null);
  const at = kept.findIndex((each) => each.id === selected);

  const select = (id: string, options: { scroll?: boolean } = {}): void => {
    const next = state.drafts.find((each) => each.id === id);
    setSelected(id);
    setShownDoubt(null);
    setPlace(null);
    if (next && options.scroll !== false) setFocus({ ...next.source });
  };
  const show = (doubt: ReviewDoubt): void => {
    if (doubt.draft) setSelected(doubt.draft);
    setShownDoubt(doubt);
    setFocus({ ...doubt.source });
    setPane('text');
  };
  const placed = (offset: number): void => {
    const here = draftAt(state.drafts, offset);
    if (!here) return;
    if (here.id !== selected) select(here.id, { scroll: false });
    setPlace(offset);
    setTab('drafts');
    if (filter !== 'all' && !fits(here, filter, review)) setFilter('all');
  };
  const many = [...chosen].filter((id) => state.drafts.some((each) => each.id === id));
  const byId = new Map(state.drafts.map((each) => [each.id, each]));
  const open = state.doubts.filter(
    (doubt) =>
      doubt.settled === null &&
      (doubt.draft === null || (byId.get(doubt.draft)?.discarded === null && !isMoot(doubt, byId.get(doubt.draft)))),
  ).length;
  const unresolved = new Set(review.points.flatMap((point) => (point.kind === 'unresolved' ? [point.about] : []))).size;
  const original = (
    <section className={`p-pane p-pane-text${pane === 'text' ? '' : ' p-pane-away'}`} aria-label="方案原文">
      <div className="p-pane-head">
        <span className="p-legend">
          {(Object.keys(markWords) as (keyof typeof markWords)[]).map((kind) => (
            <span key={kind} className={`p-mark-${kind}`}>
              {markWords[kind]}
            </span>
          ))}
        </span>
        {selection ? (
          <Button
            size="small"
            type="primary"
            disabled={readOnly || review.busy}
            onClick={() => void review.run({ do: 'add', span: selection, after: null }).then(() => setSelection(null))}
          >
            用选中的文字新增任务
          </Button>
        ) : null}
        {selection && draft ? (
          <Button
            size="small"
            disabled={readOnly || review.busy}
            onClick={() =>
              void review.run({ do: 'append', draft: draft.id, span: selection }).then(() => setSelection(null))
            }
          >
            并入{draft.number || '当前任务'}
          </Button>
        ) : null}
      </div>
      {text.losses.length > 0 ? (
        <Alert type="warning" showIcon title={text.losses.map((loss) => loss.message).join('；')} closable />
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard */}
      <section className="p-scroll" tabIndex={0} aria-label="原文，可滚动">
        <SourceText
          text={text.text}
          blocks={text.blocks}
          marks={marks}
          focus={focus}
          onPlace={placed}
          onSelect={setSelection}
        />
      </section>
    </section>
  );
  const draftsTab = (
    <div className="p-drafts">
      <div className="g-row p-tools">
        <Select
          aria-label="筛选任务"
          className="p-short"
          value={filter}
          options={filterOptions(review, state.drafts)}
          onChange={(value: Filter) => setFilter(value)}
        />
        <span className="g-quiet">{shown.length}条</span>
        <Button
          size="small"
          onClick={() => setChosen(many.length === shown.length ? new Set() : new Set(shown.map((each) => each.id)))}
        >
          {many.length > 0 && many.length === shown.length ? '取消全选' : '全选'}
        </Button>
        {many.length > 0 ? (
          <>
            <span>已选{many.length}条：</span>
            <Button
              size="small"
              disabled={readOnly || review.busy || many.length < 2}
              onClick={() => void review.run({ do: 'merge', drafts: many }).then(() => setChosen(new Set()))}
            >
              合并
            </Button>
            <Button size="small" danger disabled={readOnly || review.busy} onClick={() => setDiscarding(true)}>
              不作为任务
            </Button>
            {state.sheet.stages.length > 0 ? (
              <Select
                aria-label="归入阶段"
                size="small"
                className="p-short"
                placeholder="归入阶段"
                value={null}
                disabled={readOnly || review.busy}
                options={state.sheet.stages.map((stage) => ({ value: stage.key, label: stage.name }))}
                onChange={(stage: string | null) => void review.run({ do: 'setStage', drafts: many, stage })}
              />
            ) : null}
          </>
        ) : null}
      </div>
      <DraftList
        drafts={shown}
        selected={selected}
        chosen={chosen}
        pointsOf={review.pointsOf}
        onSelect={(id) => select(id)}
        onChoose={(id, on) => {
          const next = new Set(chosen);
          if (on) next.add(id);
          else next.delete(id);
          setChosen(next);
        }}
      />
      {draft ? (
        <DraftEditor
          draft={draft}
          state={state}
          review={review}
          names={names}
          points={review.pointsOf.get(draft.id) ?? []}
          selection={selection}
          place={place}
          neighbours={[kept[at - 1] ?? null, at < 0 ? null : (kept[at + 1] ?? null)]}
          readOnly={readOnly}
          onUnits={() => setTab('units')}
        />
      ) : (
        <p className="g-quiet p-editor">
          {state.drafts.length === 0
            ? '这份文件没有识别出任务。可以在原文中选中文字新增任务，或者留作上级方案对照。'
            : '点一条任务，左侧显示它的原文；点原文，右侧选中它的任务。'}
        </p>
      )}
    </div>
  );
  return (
    <div className="p-review">
      <PageHeader
        title={state.sheet.title}
        tag={<StatusTag tone={planTone[state.plan.state]}>{planLifecycle.states[state.plan.state]}</StatusTag>}
        says={[state.sheet.documentNumber, state.sheet.issuer, state.sheet.issuedOn].filter(Boolean).join('　')}
        actions={
          <>
            <Button
              disabled={readOnly || review.busy || !state.lastStep?.mine}
              title={state.lastStep ? `上一步：${state.lastStep.says}（${state.lastStep.actorName}）` : '还没有改动'}
              onClick={review.undo}
            >
              撤销上一步
            </Button>
            <Button onClick={() => void plans.exportReview({ params: { id: state.plan.id } }).then(save)}>
              导出表格
            </Button>
            {readOnly ? (
              <Button onClick={() => navigate(`/plans/${state.plan.id}`)}>查看方案</Button>
            ) : (
              <>
                <Button loading={exporting.busy} onClick={() => void exporting.act({ params: { id: state.plan.id } })}>
                  留作上级方案对照
                </Button>
                <Button type="primary" onClick={() => setAdopting(true)}>
                  采用并下达
                </Button>
              </>
            )}
          </>
        }
      />
      <RefusalAlert refusal={review.refusal ?? exporting.refusal} onRefresh={review.refresh} onClose={review.clear} />
      <Gauge
        gauge={review.gauge}
        blocking={review.points.filter((point) => point.blocks).length}
        chosen={filter.startsWith('lacks:') ? (filter.slice(6) as Lacking) : null}
        onChoose={(lacking) => {
          setTab('drafts');
          setPane('work');
          setFilter(lacking === null ? 'all' : `lacks:${lacking}`);
        }}
        onBlocking={() => setAdopting(true)}
      />
      <div className="p-switch">
        <Button type={pane === 'text' ? 'primary' : 'default'} onClick={() => setPane('text')}>
          原文
        </Button>
        <Button type={pane === 'work' ? 'primary' : 'default'} onClick={() => setPane('work')}>
          任务与疑问
        </Button>
      </div>
      <div className="p-two">
        {original}
        <section ref={workPane} className={`p-pane${pane === 'work' ? '' : ' p-pane-away'}`} aria-label="任务与疑问">
          <Tabs
            size="small"
            activeKey={tab}
            onChange={setTab}
            destroyOnHidden
            items={[
              { key: 'drafts', label: `任务（${kept.length}）`, children: draftsTab },
              {
                key: 'doubts',
                label: `疑问（${open}）`,
                children: <DoubtsTab state={state} review={review} readOnly={readOnly} onShow={show} />,
              },
              {
                key: 'units',
                label: unresolved > 0 ? `单位（${unresolved}待对应）` : '单位',
                children: (
                  <MentionsTab
                    state={state}
                    review={review}
                    names={names}
                    readOnly={readOnly}
                    onShow={(id) => {
                      select(id);
                      setTab('drafts');
                    }}
                  />
                ),
              },
              {
                key: 'stages',
                label: '阶段与事件',
                children: <StagesTab state={state} review={review} readOnly={readOnly} />,
              },
              {
                key: 'head',
                label: '文件与记录',
                children: <HeadTab state={state} review={review} readOnly={readOnly} />,
              },
            ]}
          />
        </section>
      </div>
      <AdoptDialog
        open={adopting}
        state={state}
        review={review}
        onClose={() => setAdopting(false)}
        onFilter={(kind) => {
          setAdopting(false);
          setPane('work');
          if (kind === 'doubt') return setTab('doubts');
          if (kind === 'unresolved') return setTab('units');
          setTab('drafts');
          setFilter(`point:${kind}`);
        }}
      />
      <ConfirmWithReason
        open={discarding}
        title={`${many.length}条不作为任务`}
        reasonLabel="原因"
        confirmLabel="确定舍去"
        busy={review.busy}
        refusal={review.refusal}
        onCancel={() => setDiscarding(false)}
        onConfirm={(reason) =>
          void review.run({ do: 'discard', drafts: many, reason }).then((done) => {
            if (!done) return;
            setDiscarding(false);
            setChosen(new Set());
          })
        }
      />
    </div>
  );
}

function fits(draft: Draft, filter: Filter, review: ReviewHandle): boolean {
  if (filter === 'out') return draft.discarded !== null;
  if (draft.discarded !== null) return false;
  if (filter.startsWith('lacks:')) return lacks(draft).some((each) => each === filter.slice(6));
  if (filter.startsWith('point:'))
    return (review.pointsOf.get(draft.id) ?? []).some((point) => point.kind === filter.slice(6));
  return true;
}

function filterOptions(review: ReviewHandle, drafts: readonly Draft[]): { value: Filter; label: string }[] {
  const kinds = new Set(review.points.flatMap((point) => (point.draft === null ? [] : [point.kind])));
  const lacking: Readonly<Record<Lacking, string>> = {
    measure: '缺举措',
    unit: '缺责任单位',
    deadline: '缺完成时限',
    person: '缺责任人',
  };
  return [
    { value: 'all', label: '全部任务' },
    ...[...kinds].map((kind) => ({ value: `point:${kind}` as const, label: pointKinds[kind].word })),
    ...(Object.keys(lacking) as Lacking[]).map((each) => ({ value: `lacks:${each}` as const, label: lacking[each] })),
    { value: 'out', label: `已舍去（${drafts.filter((draft) => draft.discarded !== null).length}）` },
  ];
}
