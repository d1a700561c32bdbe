import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { counted, type Shown } from './figures-client.ts';
import { ledgerAddress } from './problems-client.ts';

type Query = Shown['units'][number]['queries']['open'];

/** A count that opens its list; a quiet dash where there is nothing. */
export function Count(props: { count: number; query: Query; label: string; red?: boolean }) {
  if (props.count === 0) return <span className="g-quiet">—</span>;
  return (
    <Link
      className={props.red ? 'g-lamp-text-red' : undefined}
      to={ledgerAddress(props.query)}
      aria-label={`${props.label} ${counted(props.count)} 件`}
    >
      {counted(props.count)}
    </Link>
  );
}

const rate = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.round((part / whole) * 1000) / 10}%`;
const FEW = 15;

function Head({ first, oldest }: { first: string; oldest: boolean }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" className="f-n">
          未销号
        </th>
        <th scope="col" className="f-n">
          逾期
        </th>
        <th scope="col" className="f-n">
          登记
        </th>
        <th scope="col" className="f-n">
          销号
        </th>
        <th scope="col" className="f-n">
          逾期销号
        </th>
        <th scope="col" className="f-n">
          重新打开
        </th>
        <th scope="col" className="f-n">
          一次复查通过率
        </th>
        <th scope="col" className="f-n">
          旧账原有
        </th>
        <th scope="col" className="f-n">
          旧账未清
        </th>
        <th scope="col" className="f-n">
          新账未清
        </th>
        {oldest ? (
          <th scope="col" className="f-wide">
            逾期最久
          </th>
        ) : null}
      </tr>
    </thead>
  );
}

type Line = Shown['units'][number] | Shown['sectors'][number];

function Cells({ line, name }: { line: Line; name: string }) {
  const { queries } = line;
  return (
    <>
      <td className="f-n">
        <Count count={line.open} query={queries.open} label={`${name}未销号`} />
      </td>
      <td className="f-n">
        <Count count={line.red} query={queries.red} label={`${name}逾期`} red />
      </td>
      <td className="f-n">
        <Count count={line.registered} query={queries.registered} label={`${name}登记`} />
      </td>
      <td className="f-n">
        <Count count={line.closed} query={queries.closed} label={`${name}销号`} />
      </td>
      <td className="f-n">{line.closedLate === 0 ? <span className="g-quiet">—</span> : counted(line.closedLate)}</td>
      <td className="f-n">{line.reopened === 0 ? <span className="g-quiet">—</span> : counted(line.reopened)}</td>
      <td className="f-n">{rate(line.firstPassed, line.firstChecked)}</td>
      <td className="f-n">{counted(line.before)}</td>
      <td className="f-n">
        <Count count={line.remaining} query={queries.remaining} label={`${name}旧账未清`} />
      </td>
      <td className="f-n">
        <Count count={line.fresh} query={queries.fresh} label={`${name}新账未清`} />
      </td>
    </>
  );
}

/** Units, the longest overdue first. */
export function UnitFigures({ shown }: { shown: Shown }) {
  const [all, setAll] = useState(false);
  const lines = shown.units.filter((unit) => unit.open + unit.registered + unit.closed + unit.before > 0);
  if (lines.length === 0) return <p className="g-empty">这段时间没有责任单位的问题。</p>;
  return (
    <>
      <div className="f-scroll">
        <table className="f-table">
          <caption className="g-unseen">各责任单位的存量、流量和逾期情况</caption>
          <Head first="责任单位" oldest />
          <tbody>
            {(all ? lines : lines.slice(0, FEW)).map((unit) => (
              <tr key={unit.unitId}>
                <th scope="row">{unit.name}</th>
                <Cells line={unit} name={unit.name} />
                <td className="f-wide">
                  {unit.oldest ? (
                    <>
                      <b className="g-lamp-text-red">{unit.oldest.days} 天</b>{' '}
                      <Link to={`/problems/${unit.oldest.id}`}>
                        {unit.oldest.number} {unit.oldest.title}
                      </Link>
                    </>
                  ) : (
                    <span className="g-quiet">—</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > FEW ? (
        <Button type="link" onClick={() => setAll(!all)}>
          {all ? '只看前十五个' : `全部 ${lines.length} 个单位`}
        </Button>
      ) : null}
    </>
  );
}

/** Sectors, the most open first. */
export function SectorFigures({ shown }: { shown: Shown }) {
  const lines = shown.sectors.filter((one) => one.open + one.registered + one.closed + one.before > 0);
  if (lines.length === 0) return <p className="g-empty">这段时间没有各行业领域的问题。</p>;
  return (
    <div className="f-scroll">
      <table className="f-table">
        <caption className="g-unseen">各行业领域的存量和流量</caption>
        <Head first="行业领域" oldest={false} />
        <tbody>
          {lines.map((line) => (
            <tr key={line.sector}>
              <th scope="row">{line.sector === '' ? '没有写明行业' : line.sector}</th>
              <Cells line={line} name={line.sector === '' ? '没有写明行业' : line.sector} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
