import { Link } from 'react-router';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { listAddress } from '../../../platform/web/use-list-query.ts';
import type { QualityView } from './look-back-client.ts';

interface Line {
  readonly key: string;
  readonly name: string;
  readonly checked: number;
  readonly notStill: number;
  readonly rate: number | null;
  readonly query: Readonly<Record<string, string>>;
}

function Table({ lines, first }: { lines: readonly Line[]; first: string }) {
  return (
    <div className="f-scroll">
      <table className="f-table">
        <caption className="g-unseen">按{first}的销号质量</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col" className="f-n">
              核查
            </th>
            <th scope="col" className="f-n">
              整改不实
            </th>
            <th scope="col" className="f-n">
              质量
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, 12).map((line) => (
            <tr key={line.key}>
              <th scope="row">{line.name}</th>
              <td className="f-n">
                <Link to={listAddress('/look-backs/results', line.query)}>{line.checked}</Link>
              </td>
              <td className="f-n">
                {line.notStill > 0 ? (
                  <Link
                    className="g-lamp-text-red"
                    to={listAddress('/look-backs/results', { ...line.query, state: 'notStill' })}
                  >
                    {line.notStill}
                  </Link>
                ) : (
                  '—'
                )}
              </td>
              <td className="f-n">{line.rate === null ? '—' : `${line.rate}%`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Quality of closures by the unit that closed, by sector, and by the person who had rechecked. */
export function LookBackQuality({ quality, asOf }: { quality: QualityView; asOf: string | null }) {
  const day: Record<string, string> = asOf === null ? {} : { asOf };
  return (
    <div className="f-columns f-thirds">
      <Card title="按责任单位">
        <Table
          first="责任单位"
          lines={quality.units.map((one) => ({ ...one, key: one.unitId, query: { ...day, unit: one.unitId } }))}
        />
      </Card>
      <Card title="按复查人">
        <Table
          first="复查人"
          lines={quality.recheckers.map((one) => ({
            ...one,
            key: one.recheckerId,
            name: `${one.unitName ?? ''} ${one.name}`,
            query: { ...day, rechecker: one.recheckerId },
          }))}
        />
      </Card>
      <Card title="按行业领域">
        <Table
          first="行业领域"
          lines={quality.sectors.map((one) => ({
            ...one,
            key: one.sector ?? '',
            name: one.sector ?? '没有写明行业',
            query: { ...day, sector: one.sector ?? '' },
          }))}
        />
      </Card>
    </div>
  );
}
