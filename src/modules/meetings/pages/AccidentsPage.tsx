import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { accidentFigureLifecycle, type FigureAction } from '../figure-lifecycle.ts';
import { NumberField, Under, Words } from './fields.tsx';
import './meetings.css';
import { duties, type FigureLine, figureTone } from './meetings-client.ts';

interface Draft {
  readonly unitId: string | null;
  readonly year: number;
  readonly month: string;
  readonly accidents: number;
  readonly deaths: number;
  readonly accidentsBefore: number;
  readonly deathsBefore: number;
  readonly note: string;
  readonly reason: string;
}
type Field = 'target' | 'entry' | 'numbers' | 'reason' | 'nothing';
type Form = CaseForm<Field, Draft, FigureLine | null>;
const version = (view: FigureLine | null) => ({ version: view?.version ?? 0 });

const making: Readonly<Record<'target' | 'entry', Form>> = {
  target: {
    fields: ['target'],
    call: call(duties.setAccidentTarget),
    body: ({ unitId, year, accidents, deaths, accidentsBefore, deathsBefore, reason }) => ({
      unitId: unitId ?? '',
      year,
      accidents,
      deaths,
      accidentsBefore,
      deathsBefore,
      reason,
    }),
    wide: true,
    says: '调整目标会留下原来的目标和调整的原因。',
  },
  entry: {
    fields: ['entry'],
    call: call(duties.enterFigure),
    body: ({ unitId, month, accidents, deaths, note }) => ({ unitId: unitId ?? '', month, accidents, deaths, note }),
    wide: true,
    says: '填报之后由另一位同志核对，核对之后计入统计。',
  },
};
const forms: Readonly<Record<FigureAction, Form>> = {
  correctFigure: {
    fields: ['numbers'],
    call: call(duties.correctFigure),
    body: ({ accidents, deaths, reason }, view) => ({ ...version(view), accidents, deaths, reason }),
  },
  confirmFigure: { fields: ['nothing'], call: call(duties.confirmFigure), body: (_, view) => version(view) },
  sendBackFigure: {
    fields: ['reason'],
    call: call(duties.sendBackFigure),
    body: ({ reason }, view) => ({ ...version(view), reason }),
  },
};

function Fields({ field, draft, change }: { field: Field; draft: Draft; change: (part: Partial<Draft>) => void }) {
  if (field === 'nothing') return null;
  const unit = (
    <Under label="单位" must>
      {(id) => <UnitPicker id={id} label="单位" value={draft.unitId} onChange={(unitId) => change({ unitId })} />}
    </Under>
  );
  const numbers = (
    <>
      <NumberField label="事故起数" must value={draft.accidents} onChange={(accidents) => change({ accidents })} />
      <NumberField label="死亡人数" must value={draft.deaths} onChange={(deaths) => change({ deaths })} />
    </>
  );
  const reason = (
    <Words label="原因" must rows={2} value={draft.reason} onChange={(text) => change({ reason: text })} />
  );
  if (field === 'reason') return reason;
  if (field === 'numbers')
    return (
      <>
        {numbers}
        {reason}
      </>
    );
  if (field === 'entry')
    return (
      <>
        {unit}
        <Words
          label="月份"
          must
          max={7}
          placeholder="如：2026-03"
          value={draft.month}
          onChange={(month) => change({ month })}
        />
        {numbers}
        <Words label="说明" rows={2} max={300} value={draft.note} onChange={(note) => change({ note })} />
      </>
    );
  return (
    <>
      {unit}
      <NumberField label="年度" must min={2000} max={2100} value={draft.year} onChange={(year) => change({ year })} />
      <NumberField
        label="事故起数不超过"
        must
        value={draft.accidents}
        onChange={(accidents) => change({ accidents })}
      />
      <NumberField label="死亡人数不超过" must value={draft.deaths} onChange={(deaths) => change({ deaths })} />
      <NumberField
        label="上年事故起数"
        value={draft.accidentsBefore}
        onChange={(accidentsBefore) => change({ accidentsBefore })}
      />
      <NumberField
        label="上年死亡人数"
        value={draft.deathsBefore}
        onChange={(deathsBefore) => change({ deathsBefore })}
      />
      <Words
        label="依据或调整原因"
        must
        rows={2}
        max={300}
        value={draft.reason}
        onChange={(text) => change({ reason: text })}
      />
    </>
  );
}

/** 事故压降: each unit's target and what it had so far; the months that nobody has confirmed. */
export function AccidentsPage() {
  const { may, actor, today } = useSession();
  const [asked] = useSearchParams();
  const year = Number(asked.get('year')) || undefined;
  const read = useRead(duties.accidentBoard, { query: year ? { year } : {} });
  const [makes, setMakes] = useState<'target' | 'entry' | null>(null);
  const [acts, setActs] = useState<{ action: FigureAction; line: FigureLine } | null>(null);
  const board = read.data;
  const rows = board?.rows ?? [];
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
  const begin: Draft = {
    unitId: actor?.unitId ?? null,
    year: board?.year ?? Number(today.slice(0, 4)),
    month: today.slice(0, 7),
    accidents: acts?.line.accidents ?? 0,
    deaths: acts?.line.deaths ?? 0,
    accidentsBefore: 0,
    deathsBefore: 0,
    note: '',
    reason: '',
  };
  return (
    <>
      <PageHeader
        title="事故压降"
        says="各单位的压降目标和事故起数、死亡人数。数字由一人填报、另一人核对，核对之后才计入。"
        actions={
          <>
            {may('accident.target') ? <Button onClick={() => setMakes('target')}>下达目标</Button> : null}
            {may('accident.work') ? (
              <Button type="primary" onClick={() => setMakes('entry')}>
                填报数字
              </Button>
            ) : null}
          </>
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {board ? (
        <FigureStrip label={`${board.year}年事故压降`}>
          <Figure
            name={`${board.year}年事故起数`}
            value={sum((row) => row.accidents)}
            unit="起"
            note={`目标不超过${sum((row) => row.targetAccidents ?? 0)}起，上年${sum((row) => row.accidentsBefore ?? 0)}起`}
          />
          <Figure
            name="死亡人数"
            value={sum((row) => row.deaths)}
            unit="人"
            note={`目标不超过${sum((row) => row.targetDeaths ?? 0)}人，上年${sum((row) => row.deathsBefore ?? 0)}人`}
          />
          <Figure
            name="超过目标的单位"
            value={rows.filter((row) => row.over).length}
            {...(rows.some((row) => row.over) ? { colour: 'red' as const } : {})}
          />
          <Figure
            name="有月份没有核对的单位"
            value={rows.filter((row) => row.missing.length > 0).length}
            {...(rows.some((row) => row.missing.length > 0) ? { colour: 'amber' as const } : {})}
          />
        </FigureStrip>
      ) : null}
      <Card title={`目标与实际（${board?.day ?? ''}，${board?.year ?? ''}年）`}>
        {board && rows.length === 0 ? (
          <p className="g-empty">还没有下达目标，也没有填报数字。</p>
        ) : (
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">单位</th>
                  <th scope="col" className="g-num">
                    事故起数
                  </th>
                  <th scope="col" className="g-num">
                    目标
                  </th>
                  <th scope="col" className="g-num">
                    上年
                  </th>
                  <th scope="col" className="g-num">
                    死亡人数
                  </th>
                  <th scope="col" className="g-num">
                    目标
                  </th>
                  <th scope="col" className="g-num">
                    上年
                  </th>
                  <th scope="col">情况</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.unitId}>
                    <td>{row.unitName}</td>
                    <td className="g-num g-figures">{row.accidents}</td>
                    <td className="g-num g-figures">{row.targetAccidents ?? '—'}</td>
                    <td className="g-num g-figures">{row.accidentsBefore ?? '—'}</td>
                    <td className="g-num g-figures">{row.deaths}</td>
                    <td className="g-num g-figures">{row.targetDeaths ?? '—'}</td>
                    <td className="g-num g-figures">{row.deathsBefore ?? '—'}</td>
                    <td>
                      {row.over ? <StatusTag tone="alarm">超过目标</StatusTag> : null}
                      {row.missing.length > 0 ? (
                        <span className="g-quiet">没有核对的月份：{row.missing.join('、')}</span>
                      ) : row.over ? null : (
                        '在目标之内'
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      <Card title="近三个月的数字和待核对的数字">
        {board && board.figures.length === 0 ? (
          <p className="g-empty">还没有填报。</p>
        ) : (
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">月份</th>
                  <th scope="col">单位</th>
                  <th scope="col" className="g-num">
                    起数
                  </th>
                  <th scope="col" className="g-num">
                    死亡
                  </th>
                  <th scope="col">状态</th>
                  <th scope="col">填报、核对</th>
                  <th scope="col">办理</th>
                </tr>
              </thead>
              <tbody>
                {(board?.figures ?? []).map((line) => (
                  <tr key={line.id}>
                    <td className="g-nowrap g-figures">{line.month}</td>
                    <td>{line.unitName}</td>
                    <td className="g-num g-figures">{line.accidents}</td>
                    <td className="g-num g-figures">{line.deaths}</td>
                    <td>
                      <StatusTag tone={figureTone[line.state]}>{accidentFigureLifecycle.states[line.state]}</StatusTag>
                    </td>
                    <td>
                      {line.enteredByName}
                      {line.confirmedByName ? `，${line.confirmedByName}（${line.confirmedOn ?? ''}）` : ''}
                    </td>
                    <td className="g-nowrap">
                      {line.offers
                        .filter((offer) => offer.may)
                        .map((offer) => (
                          <Button
                            key={offer.action}
                            size="small"
                            aria-label={`${offer.label}：${line.month}${line.unitName}`}
                            onClick={() => setActs({ action: offer.action as FigureAction, line })}
                          >
                            {offer.label}
                          </Button>
                        ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {makes ? (
        <CaseDialog<Field, Draft, FigureLine | null>
          key={makes}
          form={making[makes]}
          view={null}
          id=""
          keep={`accident.${makes}`}
          word={makes === 'target' ? '下达目标' : '填报数字'}
          subject={makes === 'target' ? '事故压降目标' : '事故月度数字'}
          begin={begin}
          fields={(draft, change) => <Fields field={makes} draft={draft} change={change} />}
          onClose={() => setMakes(null)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
      {acts ? (
        <CaseDialog<Field, Draft, FigureLine | null>
          key={acts.action + acts.line.id}
          form={forms[acts.action]}
          view={acts.line}
          id={acts.line.id}
          keep={`accident.${acts.action}.${acts.line.id}`}
          word={accidentFigureLifecycle.actions[acts.action]}
          subject={`${acts.line.unitName}${acts.line.month}：事故${acts.line.accidents}起、死亡${acts.line.deaths}人`}
          begin={begin}
          fields={(draft, change) => (
            <Fields field={forms[acts.action].fields[0] ?? 'nothing'} draft={draft} change={change} />
          )}
          onClose={() => setActs(null)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
    </>
  );
}
