import { Button, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { type SeedSource, seedSourceWords } from '../look-back.ts';
import { type Grade, gradeWords } from '../problem.ts';
import { counted } from './figures-client.ts';
import { lookBacks } from './look-back-client.ts';
import './figures.css';

/** The quarter before this day: what is usually looked back at. */
function lastQuarter(today: string): { from: string; to: string; title: string } {
  const [year = 2000, month = 1] = today.split('-').map(Number);
  const quarter = Math.floor((month - 1) / 3);
  const [ofYear, ofQuarter] = quarter === 0 ? [year - 1, 3] : [year, quarter - 1];
  const pad = (value: number): string => String(value).padStart(2, '0');
  const last = new Date(Date.UTC(ofYear, ofQuarter * 3 + 3, 0)).toISOString().slice(0, 10);
  return {
    from: `${ofYear}-${pad(ofQuarter * 3 + 1)}-01`,
    to: last,
    title: `${ofYear}年${['一', '二', '三', '四'][ofQuarter]}季度回头看`,
  };
}

/**
 * 发起回头看: what the list is made of, how many are drawn, where the seed will come from; then the list is frozen. With
 * `?replaces` the same for a new draw in the place of an old one.
 */
export function LookBackNewPage() {
  const { today } = useSession();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const replaces = params.get('replaces');
  const usual = lastQuarter(today);
  const [draft, setDraft] = useState({
    title: usual.title,
    from: usual.from,
    to: usual.to,
    units: [] as string[],
    sectors: [] as string[],
    grades: [] as Grade[],
    take: 30,
    perUnit: 1,
    perMajor: 2,
    seedSource: 'witnessed' as SeedSource,
    reason: '',
  });
  const change = (part: Partial<typeof draft>): void => setDraft((old) => ({ ...old, ...part }));
  const pool = useRead(lookBacks.lookBackPool, {
    query: { from: draft.from, to: draft.to, units: draft.units, sectors: draft.sectors, grades: draft.grades },
  });
  const whole = useRead(lookBacks.lookBackPool, { query: { from: draft.from, to: draft.to } });
  const old = useRead(lookBacks.viewLookBack, { params: { id: replaces ?? '' } }, { enabled: replaces !== null });
  const done = { onDone: (made: { id: string }) => navigate(`/look-backs/${made.id}`) };
  const freezing = useAct(lookBacks.freezeLookBack, done);
  const redrawing = useAct(lookBacks.redrawLookBack, done);
  const acting = replaces === null ? freezing : redrawing;
  const { reason, ...body } = draft;
  const send = (): void => {
    if (replaces === null) void freezing.act({ body });
    else
      void redrawing.act({
        params: { id: replaces },
        body: { ...body, reason, version: old.data?.lookBack.version ?? 1 },
      });
  };
  const counts = pool.data;
  const demanded = counts
    ? Math.max(
        draft.take,
        counts.units.reduce((sum, unit) => sum + Math.min(draft.perUnit, unit.count), 0),
      )
    : draft.take;
  return (
    <>
      <PageHeader
        title={replaces === null ? '发起回头看' : '重新抽取'}
        says={
          replaces === null
            ? '三步：一、冻结已销号问题的名单并公布摘要；二、由另一位同志当众录入种子，或者等冻结之后的封存值；三、抽取并派发核查。'
            : `${old.data?.lookBack.number ?? ''}将保留并标明已重抽；这是另一个编号，要重新冻结名单、重新定种子。`
        }
      />
      <Card title="一、从哪些已销号的问题里抽">
        <div className="f-choice">
          <Labelled id="look-title" label="名称" must>
            <Input
              id="look-title"
              maxLength={80}
              value={draft.title}
              onChange={(event) => change({ title: event.target.value })}
            />
          </Labelled>
          <Labelled id="look-from" label="销号日期自" must>
            <DayPicker
              id="look-from"
              label="销号日期自"
              value={draft.from}
              to={today}
              required
              onChange={(day) => change({ from: day ?? draft.from })}
            />
          </Labelled>
          <Labelled id="look-to" label="至" must>
            <DayPicker
              id="look-to"
              label="销号日期至"
              value={draft.to}
              to={today}
              required
              onChange={(day) => change({ to: day ?? draft.to })}
            />
          </Labelled>
          <Labelled id="look-units" label="责任单位" says="不选就是全部">
            <Select
              id="look-units"
              mode="multiple"
              style={{ width: '100%' }}
              optionFilterProp="label"
              value={draft.units}
              onChange={(units: string[]) => change({ units })}
              options={(whole.data?.units ?? []).map((unit) => ({
                value: unit.unitId,
                label: `${unit.name}（${unit.count}）`,
              }))}
            />
          </Labelled>
          <Labelled id="look-sectors" label="行业领域" says="不选就是全部">
            <Select
              id="look-sectors"
              mode="multiple"
              style={{ width: '100%' }}
              value={draft.sectors}
              onChange={(sectors: string[]) => change({ sectors })}
              options={(whole.data?.sectors ?? []).flatMap((one) =>
                one.sector === null ? [] : [{ value: one.sector, label: `${one.sector}（${one.count}）` }],
              )}
            />
          </Labelled>
          <Labelled id="look-grades" label="等级" says="不选就是全部">
            <Select
              id="look-grades"
              mode="multiple"
              style={{ width: '100%' }}
              value={draft.grades}
              onChange={(grades: Grade[]) => change({ grades })}
              options={Object.entries(gradeWords).map(([value, label]) => ({ value, label }))}
            />
          </Labelled>
        </div>
        <p role="status">
          {counts ? (
            <>
              现在符合的已销号问题 <b className="f-big">{counted(counts.count)}</b> 条，涉及 {counts.units.length}{' '}
              个单位，其中重大 {counts.major} 条。
            </>
          ) : pool.error ? (
            pool.error.says
          ) : (
            '正在统计…'
          )}
        </p>
      </Card>
      <Card title="二、抽多少">
        <div className="f-choice">
          <Labelled id="look-take" label="抽取条数" must>
            <InputNumber
              id="look-take"
              min={1}
              max={2000}
              value={draft.take}
              onChange={(take) => change({ take: take ?? 1 })}
            />
          </Labelled>
          <Labelled id="look-unit" label="每个单位至少" says="保证每个单位都抽到">
            <InputNumber
              id="look-unit"
              min={0}
              max={50}
              value={draft.perUnit}
              onChange={(perUnit) => change({ perUnit: perUnit ?? 0 })}
            />
          </Labelled>
          <Labelled id="look-major" label="重大隐患至少">
            <InputNumber
              id="look-major"
              min={0}
              max={500}
              value={draft.perMajor}
              onChange={(perMajor) => change({ perMajor: perMajor ?? 0 })}
            />
          </Labelled>
        </div>
        {counts && counts.count > 0 ? (
          <p className="g-quiet">
            大约抽中 {Math.min(counts.count, demanded)} 条
            {demanded > draft.take ? '（分层要求多于抽取条数，分层要求不打折扣）' : ''}。
          </p>
        ) : null}
      </Card>
      <Card title="三、种子从哪里来">
        <Radio.Group
          aria-label="种子从哪里来"
          value={draft.seedSource}
          onChange={(event) => change({ seedSource: event.target.value as SeedSource })}
        >
          {Object.entries(seedSourceWords).map(([value, label]) => (
            <Radio key={value} value={value}>
              {label}
            </Radio>
          ))}
        </Radio.Group>
        <p className="g-quiet">
          种子一定在名单冻结之后才产生。当众产生的，由冻结名单以外的同志录入，写明至少两位见证人。
        </p>
        {replaces === null ? null : (
          <Labelled id="look-reason" label="重新抽取的原因" must>
            <Input.TextArea
              id="look-reason"
              maxLength={500}
              autoSize={{ minRows: 2 }}
              value={reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          </Labelled>
        )}
      </Card>
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
      <div className="g-row">
        <Button type="primary" loading={acting.busy} disabled={!counts || counts.count === 0} onClick={send}>
          冻结名单
        </Button>
        <Button onClick={() => navigate('/look-backs')}>返回</Button>
        <span className="g-quiet">冻结以后名单、条数和种子来源都不能再改。</span>
      </div>
    </>
  );
}
