import { Segmented, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { gradeWords, problemKindWords } from '../problem.ts';
import { FiguresBars } from './FiguresBars.tsx';
import { FiguresBurnDown } from './FiguresBurnDown.tsx';
import { FlowChart } from './FiguresCharts.tsx';
import { FiguresMap } from './FiguresMap.tsx';
import { SectorFigures, UnitFigures } from './FiguresTables.tsx';
import { counted, figures, percent, type Shown } from './figures-client.ts';
import { api, ledgerAddress } from './problems-client.ts';
import './figures.css';

const steps = [
  { value: 'month', label: '按月' },
  { value: 'week', label: '按周' },
  { value: 'day', label: '按日' },
];
const lists = ['leadUnit', 'sector', 'kind'] as const;
const singles = ['plan', 'tag', 'grade', 'from', 'cut', 'step'] as const;

/** What the page is narrowed to, kept in the address so that it can be sent to somebody. */
function useNarrowing() {
  const [params, setParams] = useSearchParams();
  const { day, isPast } = useAsOf();
  const set = (name: string, values: readonly string[]): void =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        next.delete(name);
        for (const value of values) if (value !== '') next.append(name, value);
        return next;
      },
      { replace: true },
    );
  const query: Record<string, string | string[]> = isPast ? { asOf: day } : {};
  for (const name of lists) if (params.has(name)) query[name] = params.getAll(name);
  for (const name of singles) if (params.has(name)) query[name] = params.get(name) ?? '';
  return { query, set, isPast };
}

/** 态势: stock and flow of any day, old stock and new debt, how long, whose, where; every figure opens its problems. */
export function FiguresPage() {
  const { query, set, isPast } = useNarrowing();
  const read = useRead(
    figures.problemFigures,
    { query } as Parameters<typeof useRead<typeof figures.problemFigures.route>>[1],
    isPast ? {} : { refreshEvery: 60_000 },
  );
  const choices = useRead(api.problemChoices, {});
  const { from: _from, cut: _cut, step: _step, ...narrowing } = query;
  const shown = read.data;
  return (
    <>
      <PageHeader title="态势" actions={<AsOf />} />
      <div className="f-toolbar">
        <Select
          aria-label="责任单位"
          placeholder="全部责任单位"
          mode="multiple"
          maxTagCount={1}
          allowClear
          style={{ minWidth: 180 }}
          optionFilterProp="label"
          value={(query.leadUnit as string[] | undefined) ?? []}
          onChange={(values: string[]) => set('leadUnit', values)}
          options={(choices.data?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name }))}
        />
        <Select
          aria-label="行业领域"
          placeholder="全部行业领域"
          mode="multiple"
          maxTagCount={1}
          allowClear
          style={{ minWidth: 160 }}
          value={(query.sector as string[] | undefined) ?? []}
          onChange={(values: string[]) => set('sector', values)}
          options={(choices.data?.sectors ?? []).map((sector) => ({ value: sector, label: sector }))}
        />
        <Select
          aria-label="方案"
          style={{ minWidth: 160, maxWidth: 300 }}
          value={(query.plan as string | undefined) ?? ''}
          onChange={(value: string) => set('plan', [value])}
          options={[
            { value: '', label: '全部方案' },
            ...(choices.data?.plans ?? []).map((plan) => ({ value: plan.id, label: plan.title })),
          ]}
        />
        <Select
          aria-label="等级"
          style={{ width: 110 }}
          value={(query.grade as string | undefined) ?? ''}
          onChange={(value: string) => set('grade', [value])}
          options={[
            { value: '', label: '全部等级' },
            ...Object.entries(gradeWords).map(([value, label]) => ({ value, label })),
          ]}
        />
        <Select
          aria-label="类别"
          style={{ width: 120 }}
          value={(query.kind as string[] | undefined)?.[0] ?? ''}
          onChange={(value: string) => set('kind', [value])}
          options={[
            { value: '', label: '全部类别' },
            ...Object.entries(problemKindWords).map(([value, label]) => ({ value, label })),
          ]}
        />
      </div>
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {shown ? (
        // while another day is being counted the figures of the former one must not be taken for it
        <div aria-busy={read.isPlaceholderData} className={read.isPlaceholderData ? 'g-waiting' : undefined}>
          <Body shown={shown} set={set} narrowing={narrowing} />
        </div>
      ) : read.error ? null : (
        <p className="g-loading">正在计算…</p>
      )}
    </>
  );
}

function Body(props: {
  shown: Shown;
  set: (name: string, values: readonly string[]) => void;
  narrowing: Record<string, string | string[]>;
}) {
  const { shown, set, narrowing } = props;
  const { stock, flow } = shown;
  return (
    <>
      <FigureStrip label="总览">
        <Figure name="未销号" value={counted(stock.open)} unit="件" to={ledgerAddress(stock.query)} />
        {stock.lamps.slice(0, 2).map((lamp) => (
          <Figure
            key={lamp.key}
            name={lamp.label}
            colour={lamp.key}
            value={counted(lamp.count)}
            unit="件"
            to={ledgerAddress(lamp.query)}
          />
        ))}
        {stock.grades
          .filter((grade) => grade.key === 'major')
          .map((grade) => (
            <Figure
              key={grade.key}
              name="重大"
              value={counted(grade.count)}
              unit="件"
              to={ledgerAddress(grade.query)}
              note={`挂牌督办 ${stock.listed}`}
            />
          ))}
        <Figure
          name="登记"
          value={counted(flow.registered.count)}
          unit="件"
          to={ledgerAddress(flow.registered.query)}
          note={`${shown.from} 以来`}
        />
        <Figure
          name="销号"
          value={counted(flow.closed.count)}
          unit="件次"
          to={ledgerAddress(flow.closed.query)}
          note={`${shown.from} 以来`}
        />
        <Figure
          name="重新打开"
          value={counted(flow.reopened.count)}
          unit="件次"
          to={ledgerAddress(flow.reopened.query)}
          note={`${shown.from} 以来`}
        />
      </FigureStrip>
      <Card
        title="登记与销号"
        extra={
          <span className="g-row">
            <span>
              自{' '}
              <DayPicker
                label="从哪天算起"
                value={shown.from}
                to={shown.day}
                required
                onChange={(day) => set('from', [day ?? ''])}
              />
            </span>
            <Segmented value={shown.step} options={steps} onChange={(value) => set('step', [String(value)])} />
          </span>
        }
      >
        <FlowChart shown={shown} />
        <p className="g-quiet">销号、重新打开和复查按次数计：重新打开后再次销号的另计一次，清单里同一件只列一行。</p>
        <Rates flow={flow} />
      </Card>
      <div className="f-columns">
        <Debt shown={shown} set={set} />
        <Card title="存在多久" extra={<span className="g-quiet">按发现日期</span>}>
          <FiguresBars parts={stock.ages} label="未销号问题存在的时间" />
        </Card>
      </div>
      <div className="f-columns f-thirds">
        <Card title="办到哪一步">
          <FiguresBars parts={stock.states} label="未销号问题的状态" />
        </Card>
        <Card title="从哪里来">
          <FiguresBars parts={stock.sources.slice(0, 10)} label="未销号问题的来源" />
        </Card>
        <Card title="亮灯">
          <FiguresBars parts={stock.lamps} label="未销号问题的灯号" />
        </Card>
      </div>
      <Card
        title="责任单位"
        extra={
          <span className="g-quiet">
            逾期最久的在前；流量自 {shown.from}，新旧以 {shown.cut} 划线
          </span>
        }
      >
        <UnitFigures shown={shown} />
      </Card>
      <Card title="行业领域">
        <SectorFigures shown={shown} />
      </Card>
      <Card title="清零">
        <FiguresBurnDown query={narrowing} />
      </Card>
      <Card title="分布">
        <FiguresMap query={narrowing} />
      </Card>
    </>
  );
}

/** Shares that tell how well it goes, each with its numerator as a link. */
function Rates({ flow }: { flow: Shown['flow'] }) {
  const rates = [
    ['一次复查通过率', flow.firstPass, '首次复查通过'],
    ['逾期销号率', flow.closedLate, '逾期后才整改完成'],
    ['网格解决率', flow.atGrid, '网格员发现并解决，没有上交'],
    ['立查立改率', flow.onSpot, '发现时当场整改'],
    ['迟报率', flow.lateEntry, '发现后超过规定天数才登记'],
  ] as const;
  return (
    <div className="f-rates">
      {rates.map(([name, rate, says]) => (
        <div key={name}>
          <span>{name}</span> <span className="f-big">{percent(rate.share)}</span>
          <small>
            {says}{' '}
            {rate.count > 0 ? (
              <Link to={ledgerAddress(rate.query)} aria-label={`${says} ${counted(rate.count)} 件`}>
                {counted(rate.count)}
              </Link>
            ) : (
              '0'
            )}
            /{counted(rate.of)}
          </small>
        </div>
      ))}
    </div>
  );
}

/** 去存量、不欠新账: what was there before the line, and what came since. */
function Debt({ shown, set }: { shown: Shown; set: (name: string, values: readonly string[]) => void }) {
  const { debt } = shown;
  return (
    <Card
      title="去存量，不欠新账"
      extra={
        <span>
          以{' '}
          <DayPicker
            label="新旧划线日"
            value={shown.cut}
            to={shown.day}
            required
            onChange={(day) => set('cut', [day ?? ''])}
          />{' '}
          划线
        </span>
      }
    >
      <div className="f-debt">
        <div>
          <h3>存量（划线前留下的）</h3>
          <span className="f-big">{percent(debt.solvedShare)}</span> 已了结
          <div className="f-progress" aria-hidden="true">
            <i style={{ width: `${debt.solvedShare ?? 0}%` }} />
          </div>
          原有 <Link to={ledgerAddress(debt.beforeQuery)}>{counted(debt.before)}</Link> 件，了结 {counted(debt.solved)}{' '}
          件，还剩 <Link to={ledgerAddress(debt.remainingQuery)}>{counted(debt.remaining)}</Link> 件
        </div>
        <div>
          <h3>新账（划线后登记和重新打开的）</h3>
          <span className="f-big">{percent(debt.freshShare)}</span> 已了结
          <div className="f-progress" aria-hidden="true">
            <i style={{ width: `${debt.freshShare ?? 0}%` }} />
          </div>
          新增 <Link to={ledgerAddress(debt.beganQuery)}>{counted(debt.began)}</Link> 件，了结{' '}
          {counted(debt.freshEnded)} 件，还剩 <Link to={ledgerAddress(debt.freshQuery)}>{counted(debt.fresh)}</Link> 件
        </div>
      </div>
    </Card>
  );
}
