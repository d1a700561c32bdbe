import { Button, Input, Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { momentText } from '../../../platform/web/parts/Timeline.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { type PlanKind, planKinds } from '../plan.ts';
import { plans } from './plans-client.ts';
import type { ReviewHandle, ReviewState } from './useReview.ts';

/** Name, number and date of the document, and what was done in the review. */
export function HeadTab({ state, review, readOnly }: { state: ReviewState; review: ReviewHandle; readOnly: boolean }) {
  const id = useId();
  const { title, kind, documentNumber, issuer, issuedOn } = state.sheet;
  const [form, setForm] = useState({ title, kind, documentNumber, issuer, issuedOn });
  useEffect(
    () => setForm({ title, kind, documentNumber, issuer, issuedOn }),
    [title, kind, documentNumber, issuer, issuedOn],
  );
  const steps = useRead(plans.listReviewSteps, { params: { id: state.plan.id } });
  const off = readOnly || review.busy;
  return (
    <div className="p-tab">
      <div className="g-field">
        <label htmlFor={`${id}title`}>方案名称</label>
        <Input
          id={`${id}title`}
          value={form.title}
          disabled={off}
          onChange={(event) => setForm({ ...form, title: event.target.value })}
        />
      </div>
      <div className="g-row">
        <div className="g-field">
          <label htmlFor={`${id}number`}>文号</label>
          <Input
            id={`${id}number`}
            value={form.documentNumber ?? ''}
            disabled={off}
            onChange={(event) => setForm({ ...form, documentNumber: event.target.value || null })}
          />
        </div>
        <div className="g-field">
          <label htmlFor={`${id}issuer`}>印发单位</label>
          <Input
            id={`${id}issuer`}
            value={form.issuer ?? ''}
            disabled={off}
            onChange={(event) => setForm({ ...form, issuer: event.target.value || null })}
          />
        </div>
        <div className="g-field">
          <label htmlFor={`${id}day`}>印发日期</label>
          <DayPicker
            id={`${id}day`}
            label="印发日期"
            value={form.issuedOn}
            disabled={off}
            onChange={(day) => setForm({ ...form, issuedOn: day })}
          />
        </div>
        <div className="g-field">
          <label htmlFor={`${id}kind`}>种类</label>
          <Select
            id={`${id}kind`}
            className="p-short"
            value={form.kind}
            disabled={off}
            options={(Object.keys(planKinds) as PlanKind[]).map((value) => ({ value, label: planKinds[value] }))}
            onChange={(value: PlanKind) => setForm({ ...form, kind: value })}
          />
        </div>
      </div>
      <div className="g-row">
        <Button type="primary" size="small" disabled={off} onClick={() => void review.run({ do: 'setHead', ...form })}>
          保存
        </Button>
        <a href={plans.openPlanFile.address({ params: { id: state.plan.id } })}>下载原文件「{state.plan.fileName}」</a>
      </div>
      <h2>校核记录</h2>
      <ul className="p-items">
        {(steps.data?.rows ?? []).map((step) => (
          <li key={step.seq} className={step.undone ? 'p-row-out' : undefined}>
            {step.says}
            <span className="g-quiet">
              　{step.actorName}　{momentText(step.at)}
              {step.undone ? '　已撤销' : ''}
            </span>
          </li>
        ))}
      </ul>
      {steps.data?.rows.length === 0 ? <p className="g-empty">还没有改动。识读的结果原样保存，随时可以对照。</p> : null}
    </div>
  );
}
