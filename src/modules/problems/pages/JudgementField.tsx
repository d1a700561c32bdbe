import { Checkbox, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { criteriaApi } from '../api-criteria.ts';
import './problems.css';

const api = client(criteriaApi);

/** What the form keeps: the set and the clauses ticked in it. */
export interface ChosenClauses {
  readonly criteriaId: string | null;
  readonly clauses: readonly string[];
}

/** Ticks the clauses by which something is major, out of the criteria that hold today; those of its sector come first. */
export function JudgementField(
  props: ChosenClauses & { sector: string | null; onChange: (change: ChosenClauses) => void },
) {
  const id = useId();
  const { today } = useSession();
  const [wanted, setWanted] = useState('');
  const sets = useRead(api.listCriteria, { query: { on: today } });
  const rows = sets.data?.rows ?? [];
  const chosen = rows.find((row) => row.id === props.criteriaId) ?? (rows.length === 1 ? rows[0] : undefined);
  if (sets.data && rows.length === 0)
    return (
      <p className="g-doubt" role="status">
        还没有今天有效的判定标准，不能判定为重大。请由安委办在“<Link to="/problem-criteria">判定标准</Link>”里录入。
      </p>
    );
  const words = wanted.trim();
  const clauses = [...(chosen?.clauses ?? [])]
    .filter((clause) => words === '' || `${clause.code} ${clause.sector ?? ''} ${clause.text}`.includes(words))
    .sort((a, b) => Number(b.sector === props.sector) - Number(a.sector === props.sector));
  return (
    <>
      <Labelled id={`${id}-set`} label="依据哪一套判定标准" must>
        <Select
          id={`${id}-set`}
          aria-label="依据哪一套判定标准"
          style={{ width: '100%' }}
          loading={sets.isLoading}
          value={chosen?.id ?? null}
          options={rows.map((row) => ({
            value: row.id,
            label: `${row.sample ? '【示例】' : ''}${row.name}（${row.version}）`,
          }))}
          onChange={(criteriaId: string) => props.onChange({ criteriaId, clauses: [] })}
        />
      </Labelled>
      {chosen?.sample ? (
        <p>
          <span className="g-sample">示例</span>{' '}
          <span className="g-quiet">条文是随产品附带的示例，不是法定标准，正式使用前请录入正式条文。</span>
        </p>
      ) : null}
      {chosen ? (
        <div className="g-field">
          <label htmlFor={`${id}-find`}>
            勾选符合的条文<span className="g-must">（至少一条）</span>
          </label>
          <Input
            id={`${id}-find`}
            allowClear
            placeholder="输入条文中的字查找"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
          <section className="g-clauses" aria-label="判定条文" tabIndex={0}>
            {clauses.slice(0, 200).map((clause) => (
              <div key={clause.code}>
                <Checkbox
                  checked={props.clauses.includes(clause.code)}
                  onChange={(event) =>
                    props.onChange({
                      criteriaId: chosen.id,
                      clauses: event.target.checked
                        ? [...props.clauses, clause.code]
                        : props.clauses.filter((code) => code !== clause.code),
                    })
                  }
                >
                  <b>{clause.code}</b> {clause.sector ? <span className="g-quiet">{clause.sector}</span> : null}{' '}
                  {clause.text}
                </Checkbox>
              </div>
            ))}
            {clauses.length === 0 ? <p className="g-quiet">没有符合的条文。</p> : null}
          </section>
          <p className="g-quiet" role="status">
            已勾选 {props.clauses.length} 条。
          </p>
        </div>
      ) : null}
    </>
  );
}
