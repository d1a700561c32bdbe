import { Link } from 'react-router';
import type { Day } from '../../../kernel/day.ts';
import type { SectionKey } from '../bulletin-form.ts';
import {
  type Counted,
  comparedFigures,
  disciplineOpens,
  figuresOpen,
  type Opened,
  sectorOpens,
  stageOpens,
  taskSectorOpens,
  unitOpens,
} from '../opening.ts';
import { changeInWords } from '../snapshot.ts';
import { addressOf, type BulletinView } from './bulletins-client.ts';

type Cell = string | number | null | { readonly words: string; readonly to: string };

/** A table of a bulletin: names at the left, numbers at the right, the head repeated on every printed page. */
function Table(props: {
  caption: string;
  heads: readonly string[];
  left?: readonly number[];
  rows: readonly (readonly Cell[])[];
}) {
  const left = props.left ?? [0];
  if (props.rows.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must be reachable by keyboard
    <section className="g-scroll-x" aria-label={props.caption} tabIndex={0}>
      <table className="g-plain-table g-bulletin-table">
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            {props.heads.map((head, at) => (
              <th key={head} scope="col" className={left.includes(at) ? '' : 'g-number'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a snapshot never change
            <tr key={index}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells stand in their columns
                <td key={at} className={left.includes(at) ? '' : 'g-number'}>
                  {cell === null ? '—' : typeof cell === 'object' ? <Link to={cell.to}>{cell.words}</Link> : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const percent = (value: number | null): string => (value === null ? '—' : `${value.toFixed(1)}%`);

/** The tables that belong to a part of the bulletin; all of it from the snapshot, each number with the list behind it. */
export function TablesOf({ part, view }: { part: SectionKey; view: BulletinView }) {
  const { tables, within, counted, before } = view;
  const now: Counted = { from: counted.from as Day, to: counted.to as Day, hour: counted.hour };
  const former: Counted = { from: before.from as Day, to: before.to as Day, hour: '24:00' };
  const open = (opened: Opened | undefined, words: string | number): Cell =>
    opened && words !== '—' ? { words: String(words), to: addressOf(opened, within) } : words;
  const ranked = (rows: typeof tables.best) =>
    rows.map((one) => {
      const opens = unitOpens(one.unitId, now);
      return [
        one.rank,
        one.name,
        one.score.toFixed(1),
        open(opens.closed, percent(one.timeliness)),
        open(opens.longest, one.longest === 0 ? '—' : `${one.longest}天`),
        open(opens.firstPass, percent(one.firstPass)),
        open(opens.lookBack, percent(one.lookBack)),
      ];
    });
  const rankHeads = ['名次', '单位', '得分', '按期了结率', '最长逾期', '首次复查通过率', '回头看合格率'];
  switch (part) {
    case 'summary': {
      const [nowOpens, formerOpens] = [figuresOpen(now), figuresOpen(former)];
      return (
        <Table
          caption="主要指标与上期比较"
          heads={['指标', '本期', '上期', '增减']}
          rows={tables.comparisons.map((one) => {
            const figure = comparedFigures[one.name] ?? '';
            return [
              one.name,
              open(nowOpens[figure], one.now),
              open(formerOpens[figure], one.before),
              changeInWords(one.now - one.before, ''),
            ];
          })}
        />
      );
    }
    case 'tasks': {
      const share = (
        one: (typeof tables.taskSectors)[number] | (typeof tables.stages)[number],
        opens: ReturnType<typeof stageOpens>,
      ) => [
        open(opens.all, one.all),
        open(opens.closed, one.closed),
        open(opens.open, one.open),
        open(opens.red, one.red),
        percent(one.rate),
      ];
      const heads = ['总数', '已销号', '在办', '逾期', '完成率'];
      return (
        <>
          <Table
            caption="各阶段任务进展"
            heads={['方案和阶段', ...heads]}
            rows={tables.stages.map((one) => [
              one.planTitle === '' ? one.name : `${one.planTitle}：${one.name}`,
              ...share(one, stageOpens(one.stageId, now)),
            ])}
          />
          <Table
            caption="各行业领域任务进展"
            heads={['行业领域', ...heads]}
            rows={tables.taskSectors.map((one) => [one.sector, ...share(one, taskSectorOpens(one.sector, now))])}
          />
        </>
      );
    }
    case 'problems':
      return (
        <>
          <Table
            caption="各行业领域问题隐患"
            heads={['行业领域', '新增', '销号', '重新打开', '未销号', '逾期']}
            rows={tables.sectors.map((one) => {
              const opens = sectorOpens(one.sector, now);
              return [
                one.sector,
                open(opens.registered, one.registered),
                open(opens.closed, one.closed),
                open(opens.reopened, one.reopened),
                open(opens.open, one.open),
                open(opens.red, one.red),
              ];
            })}
          />
          <Table
            caption="各单位问题隐患和任务"
            heads={['单位', '新增', '销号', '未销号', '逾期', '最长逾期（天）', '在办任务', '逾期任务']}
            rows={tables.units.map((one) => {
              const opens = unitOpens(one.unitId, now);
              return [
                one.name,
                open(opens.registered, one.registered),
                open(opens.closed, one.closed),
                open(opens.open, one.open),
                open(opens.red, one.red),
                open(opens.longest, one.longest),
                open(opens.tasksOpen, one.tasksOpen),
                open(opens.tasksRed, one.tasksRed),
              ];
            })}
          />
        </>
      );
    case 'overdue':
      return (
        <Table
          caption="各单位逾期时间最长的事项"
          heads={['责任单位', '事项', '责任人', '时限', '逾期（天）']}
          left={[0, 1, 2, 3]}
          rows={tables.overdue.map((one) => [
            one.unitName,
            { words: `${one.number} ${one.title}`, to: `/${one.of}/${one.id}` },
            one.personName ?? '未落实',
            one.dueOn,
            one.days,
          ])}
        />
      );
    case 'pressure':
      return (
        <>
          <Table
            caption="正在挂牌督办的重大隐患"
            heads={['编号', '督办事项', '责任单位', '整改时限', '逾期（天）']}
            left={[0, 1, 2, 3]}
            rows={tables.listed.map((one) => [
              { words: one.number, to: `/listings/${one.id}` },
              one.matter,
              one.unitName,
              one.limitOn,
              one.late,
            ])}
          />
          <Table
            caption="本期督促措施"
            heads={['种类', '单位', '事项', '送达日期', '文号']}
            left={[0, 1, 2, 3, 4]}
            rows={tables.measures.map((one) => [
              one.word,
              one.unitName,
              { words: one.matter, to: `/pressures/${one.id}` },
              one.servedOn,
              one.documentNumber ?? one.number,
            ])}
          />
        </>
      );
    case 'filings':
      return (
        <>
          <Table
            caption="各单位报送情况"
            heads={['单位', '应报', '按时', '迟报', '缺报']}
            rows={tables.discipline.map((one) => {
              const opens = disciplineOpens(one.unitId, now);
              return [
                one.name,
                open(opens.required, one.required),
                open(opens.onTime, one.onTime),
                open(opens.late, one.late),
                open(opens.missing, one.missing),
              ];
            })}
          />
          <Table
            caption="迟报、缺报清单"
            heads={['单位', '编号', '报送', '所属时段', '情况']}
            left={[0, 1, 2, 3, 4]}
            rows={tables.missed.map((one) => [
              one.unitName,
              { words: one.number, to: `/periodic-reports/${one.id}` },
              one.rhythmName,
              one.periodWords,
              one.standing === 'late' ? '迟报' : '缺报',
            ])}
          />
        </>
      );
    case 'ranking':
      return (
        <>
          <Table caption="排名靠前的单位" heads={rankHeads} left={[0, 1]} rows={ranked(tables.best)} />
          <Table caption="排名靠后的单位" heads={rankHeads} left={[0, 1]} rows={ranked(tables.worst)} />
        </>
      );
    case 'practices': {
      const stories = view.chosen.flatMap(
        (pick) =>
          tables.stories.find(
            (one) => one.filingId === pick.filingId && one.at === pick.at && one.kind === pick.kind,
          ) ?? [],
      );
      return stories.length === 0 ? (
        <p className="g-quiet">本期没有选登。</p>
      ) : (
        stories.map((one) => (
          <p key={`${one.filingId}${one.kind}${one.at}`} className="g-bulletin-text">
            <b>
              {one.title}（{one.unitName}）。
            </b>
            {one.text}
          </p>
        ))
      );
    }
    case 'next':
      return null;
  }
}
