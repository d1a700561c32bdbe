import { Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { BurnDownChart } from './FiguresCharts.tsx';
import { type Completion, counted, figures, percent } from './figures-client.ts';
import { ledgerAddress } from './problems-client.ts';

type By = 'batch' | 'plan' | 'tag';
const byWords: Readonly<Record<By, string>> = { batch: '移交批次', plan: '方案', tag: '专项标签' };

/** 清零: chooses a campaign (batch, plan or tag), shows its curve, the pace that is needed, and how far each one is. */
export function FiguresBurnDown({ query }: { query: Readonly<Record<string, unknown>> & { asOf?: string } }) {
  const [by, setBy] = useState<By>('tag');
  const [key, setKey] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const list = useRead(figures.batchCompletion, { query: { by, ...(query.asOf ? { asOf: query.asOf } : {}) } });
  const narrow = key === '' ? {} : { [by]: key };
  const curve = useRead(figures.burnDown, {
    query: { ...query, ...narrow, ...(until ? { until } : {}) },
  } as Parameters<typeof useRead<typeof figures.burnDown.route>>[1]);
  const shown = curve.data;
  const rows = list.data?.rows ?? [];
  return (
    <>
      <div className="f-toolbar">
        <Select
          aria-label="按什么看清零"
          style={{ width: 110 }}
          value={by}
          onChange={(next: By) => {
            setBy(next);
            setKey('');
          }}
          options={Object.entries(byWords).map(([value, label]) => ({ value, label }))}
        />
        <Select
          aria-label={`哪个${byWords[by]}`}
          style={{ minWidth: 220, maxWidth: 360 }}
          showSearch
          optionFilterProp="label"
          value={key}
          onChange={setKey}
          options={[
            { value: '', label: '全部问题' },
            ...rows.map((row) => ({ value: row.key, label: `${row.name}（未销号 ${row.open}）` })),
          ]}
        />
        <span>
          清零期限 <DayPicker label="清零期限" value={until} onChange={setUntil} />
        </span>
      </div>
      <RefusalAlert refusal={curve.error} />
      {shown ? (
        <>
          <p>
            现在还有{' '}
            <Link className="f-big" to={ledgerAddress(shown.query)}>
              {counted(shown.open)}
            </Link>{' '}
            件没有销号，{shown.from} 以来新增 {counted(shown.began)} 件、了结 {counted(shown.ended)} 件。
            {shown.open === 0
              ? '已经清零。'
              : shown.required === null
                ? `近两周平均每天${shown.recent >= 0 ? '净减少' : '净增加'} ${Math.abs(shown.recent)} 件${shown.zeroOn ? `，照此速度约在 ${shown.zeroOn} 清零。` : '，照此速度不能清零。'}`
                : `离期限还有 ${shown.daysLeft} 天，平均每天要净减少 ${shown.required} 件；近两周平均每天${shown.recent >= 0 ? '净减少' : '净增加'} ${Math.abs(shown.recent)} 件，${shown.recent >= shown.required ? '按现在的速度可以如期清零。' : '按现在的速度不能如期清零。'}`}
          </p>
          <BurnDownChart series={shown.series} day={shown.day} until={shown.until} />
        </>
      ) : (
        <p className="g-loading">正在计算…</p>
      )}
      <CompletionTable rows={rows} word={byWords[by]} />
    </>
  );
}

function CompletionTable({ rows, word }: { rows: Completion['rows']; word: string }) {
  if (rows.length === 0) return <p className="g-empty">还没有带{word}的问题。</p>;
  return (
    <div className="f-scroll">
      <table className="f-table">
        <caption className="g-unseen">各{word}的完成情况</caption>
        <thead>
          <tr>
            <th scope="col">{word}</th>
            <th scope="col" className="f-n">
              问题
            </th>
            <th scope="col" className="f-n">
              已销号
            </th>
            <th scope="col" className="f-n">
              未销号
            </th>
            <th scope="col" className="f-n">
              逾期
            </th>
            <th scope="col" className="f-n">
              其他办结
            </th>
            <th scope="col" className="f-n">
              完成率
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 30).map((row) => (
            <tr key={row.key}>
              <td>{row.name}</td>
              <td className="f-n">
                <Link to={ledgerAddress(row.query)}>{counted(row.registered)}</Link>
              </td>
              <td className="f-n">{counted(row.closed)}</td>
              <td className="f-n">
                {row.open > 0 ? <Link to={ledgerAddress(row.openQuery)}>{counted(row.open)}</Link> : '0'}
              </td>
              <td className="f-n">{row.red > 0 ? <b className="g-lamp-text-red">{counted(row.red)}</b> : '—'}</td>
              <td className="f-n">{row.otherEnd > 0 ? counted(row.otherEnd) : '—'}</td>
              <td className="f-n">{percent(row.share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
