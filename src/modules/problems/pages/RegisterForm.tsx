import { Button, Input, Radio, Select, Switch } from 'antd';
import { useId, useState } from 'react';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useKeptDraft } from '../../../platform/web/use-kept-draft.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { EnterprisePicker } from '../../enterprises/pages/EnterprisePicker.tsx';
import { UnitPicker, UnitsPicker } from '../../units/pages/UnitPicker.tsx';
import type { problemsApi } from '../api.ts';
import { type ProblemKind, sourceTypes, sourceWords } from '../problem.ts';
import { JudgementField } from './JudgementField.tsx';
import { PhotosField } from './PhotosField.tsx';
import { api } from './problems-client.ts';
import { bodyOf, newRegistration, proposedDue, type RegisterDraft } from './register-draft.ts';
import { Similar } from './Similar.tsx';

export type Registered = ResponseOf<typeof problemsApi.registerProblem>;

/** The three classes, asked for in plain words. */
const questions: readonly { kind: ProblemKind; asks: string }[] = [
  { kind: 'hazard', asks: '隐患：现场的设备、作业或环境会出事' },
  { kind: 'problem', asks: '问题：工作没做到位，制度、台账、培训、责任没落实' },
  { kind: 'accidentLead', asks: '事故线索：可能已经出过事，或有人受伤' },
];

/** The registration form: photos and a sentence first, whose it is and by when next, everything else folded away. */
export function RegisterForm(props: {
  given: { enterpriseId: string | null; taskId: string | null; planId: string | null };
  onDone: (done: Registered) => void;
}) {
  const id = useId();
  const { actor, today } = useSession();
  const kept = useKeptDraft<RegisterDraft>('problem.register', newRegistration(actor?.roles ?? [], props.given));
  const draft = kept.draft;
  const change = (part: Partial<RegisterDraft>) => kept.setDraft((old) => ({ ...old, ...part }));
  const [waiting, setWaiting] = useState(0);
  const choices = useRead(api.problemChoices);
  const acting = useAct(api.registerProblem, {
    onDone: (done) => {
      kept.forget();
      props.onDone(done);
    },
  });
  const proposed = proposedDue(today, draft.grade, choices.data?.usualDays);
  const dueOn = draft.dueOn ?? proposed;
  const photos = (edit: (old: RegisterDraft['photos']) => RegisterDraft['photos']) =>
    kept.setDraft((old) => ({ ...old, photos: edit(old.photos) }));
  const send = () => void acting.act({ body: bodyOf(draft, dueOn, today) });
  return (
    <form
      className="g-register"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div>
        {kept.restored ? (
          <p role="status" className="g-linked">
            已恢复您上次填写、还没有提交的内容。{' '}
            <Button size="small" onClick={() => kept.setDraft(newRegistration(actor?.roles ?? [], props.given))}>
              不要了，重新填
            </Button>
          </p>
        ) : null}
        <Card title="发现了什么">
          <PhotosField
            itemId={draft.id}
            shows="before"
            label="照片"
            chosen={draft.photos}
            onChange={photos}
            onWaiting={setWaiting}
          />
          <Labelled id={`${id}-text`} label="一句话说清楚问题" must>
            <Input.TextArea
              id={`${id}-text`}
              rows={3}
              maxLength={4000}
              placeholder="哪里、什么东西、有什么问题"
              value={draft.text}
              onChange={(event) => change({ text: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-enterprise`} label="企业或场所">
            <EnterprisePicker
              id={`${id}-enterprise`}
              label="企业或场所"
              value={draft.enterpriseId}
              onChange={(enterpriseId, line) =>
                change({
                  enterpriseId,
                  ...(line
                    ? {
                        leadUnitId: draft.leadUnitId ?? line.townUnitId ?? line.regulatorUnitId,
                        supervisingUnitId:
                          draft.supervisingUnitId ?? (line.townUnitId === null ? null : line.regulatorUnitId),
                        sector: draft.sector ?? line.sector,
                      }
                    : {}),
                })
              }
            />
          </Labelled>
          {draft.enterpriseId === null ? (
            <div className="g-grid">
              <Labelled id={`${id}-subject`} label="对象（不在名录里的，直接写）">
                <Input
                  id={`${id}-subject`}
                  maxLength={120}
                  value={draft.subject}
                  onChange={(event) => change({ subject: event.target.value })}
                />
              </Labelled>
              <Labelled id={`${id}-address`} label="地点">
                <Input
                  id={`${id}-address`}
                  maxLength={200}
                  value={draft.address}
                  onChange={(event) => change({ address: event.target.value })}
                />
              </Labelled>
            </div>
          ) : null}
        </Card>
        <Card title="是哪一类">
          <Radio.Group
            aria-label="类别"
            className="g-questions"
            value={draft.kind}
            onChange={(event) => change({ kind: event.target.value as ProblemKind })}
            options={questions.map((one) => ({ value: one.kind, label: one.asks }))}
          />
          <div className="g-field">
            <Radio.Group
              aria-label="等级"
              value={draft.grade}
              options={[
                { value: 'general', label: '一般' },
                { value: 'major', label: '重大（要勾选判定标准）' },
              ]}
              onChange={(event) =>
                change({
                  grade: event.target.value as RegisterDraft['grade'],
                  ...(event.target.value === 'major' ? { onSpot: false } : {}),
                })
              }
            />
          </div>
          {draft.grade === 'major' ? (
            <JudgementField
              sector={draft.sector}
              criteriaId={draft.criteriaId}
              clauses={draft.clauses}
              onChange={change}
            />
          ) : (
            <div className="g-field g-switch">
              <Switch
                id={`${id}-spot`}
                aria-label="立查立改"
                checked={draft.onSpot}
                onChange={(onSpot) => change({ onSpot })}
              />
              <label htmlFor={`${id}-spot`}>立查立改：当场已经改好</label>
            </div>
          )}
          {draft.onSpot ? (
            <>
              <PhotosField
                itemId={draft.id}
                shows="after"
                label="整改后的照片"
                hint="立查立改要有整改前、整改后的照片"
                chosen={draft.photos}
                onChange={photos}
                onWaiting={setWaiting}
              />
              <Labelled id={`${id}-fixed`} label="当场怎么改的" must>
                <Input.TextArea
                  id={`${id}-fixed`}
                  rows={2}
                  maxLength={2000}
                  value={draft.fixedText}
                  onChange={(event) => change({ fixedText: event.target.value })}
                />
              </Labelled>
            </>
          ) : null}
        </Card>
        <Card title="谁来改，什么时候改好">
          <div className="g-grid">
            <Labelled id={`${id}-lead`} label="责任单位" must={draft.enterpriseId === null && !draft.onSpot}>
              <UnitPicker
                id={`${id}-lead`}
                label="责任单位"
                value={draft.leadUnitId}
                onChange={(leadUnitId) => change({ leadUnitId })}
              />
            </Labelled>
            {draft.onSpot ? null : (
              <Labelled
                id={`${id}-due`}
                label="整改时限"
                must
                says={draft.dueOn === null ? '按惯例给出，可以改。' : undefined}
              >
                <DayPicker
                  id={`${id}-due`}
                  label="整改时限"
                  value={dueOn}
                  from={today}
                  onChange={(day) => change({ dueOn: day })}
                />
              </Labelled>
            )}
            <Labelled id={`${id}-source`} label="来源">
              <Select
                id={`${id}-source`}
                aria-label="来源"
                style={{ width: '100%' }}
                value={draft.source}
                options={sourceTypes.map((source) => ({ value: source, label: sourceWords[source] }))}
                onChange={(source) => change({ source })}
              />
            </Labelled>
            <Labelled id={`${id}-found`} label="发现日期">
              <DayPicker
                id={`${id}-found`}
                label="发现日期"
                value={draft.foundOn ?? today}
                to={today}
                onChange={(foundOn) => change({ foundOn })}
              />
            </Labelled>
          </div>
          <details className="g-refused">
            <summary>还可以填：督办和配合单位、责任人、行业领域、标签、整改要求、来文编号</summary>
            <div className="g-grid">
              <Labelled id={`${id}-supervising`} label="督办单位">
                <UnitPicker
                  id={`${id}-supervising`}
                  label="督办单位"
                  value={draft.supervisingUnitId}
                  onChange={(supervisingUnitId) => change({ supervisingUnitId })}
                />
              </Labelled>
              <Labelled id={`${id}-co`} label="配合单位">
                <UnitsPicker
                  id={`${id}-co`}
                  label="配合单位"
                  value={draft.coUnitIds}
                  onChange={(coUnitIds) => change({ coUnitIds })}
                />
              </Labelled>
              <Labelled id={`${id}-person`} label="整改责任人">
                <Input
                  id={`${id}-person`}
                  maxLength={30}
                  value={draft.personName}
                  onChange={(event) => change({ personName: event.target.value })}
                />
              </Labelled>
              <Labelled id={`${id}-sector`} label="行业领域">
                <Select
                  id={`${id}-sector`}
                  aria-label="行业领域"
                  style={{ width: '100%' }}
                  allowClear
                  showSearch
                  value={draft.sector}
                  options={(choices.data?.sectors ?? []).map((sector) => ({ value: sector, label: sector }))}
                  onChange={(sector: string | undefined) => change({ sector: sector ?? null })}
                />
              </Labelled>
              <Labelled id={`${id}-tags`} label="标签">
                <Select
                  id={`${id}-tags`}
                  mode="tags"
                  aria-label="标签"
                  style={{ width: '100%' }}
                  value={[...draft.tags]}
                  options={(choices.data?.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
                  onChange={(tags: string[]) => change({ tags })}
                />
              </Labelled>
              <Labelled id={`${id}-plan`} label="所属方案">
                <Select
                  id={`${id}-plan`}
                  aria-label="所属方案"
                  style={{ width: '100%' }}
                  allowClear
                  value={draft.planId}
                  options={(choices.data?.plans ?? []).map((plan) => ({ value: plan.id, label: plan.title }))}
                  onChange={(planId: string | undefined) => change({ planId: planId ?? null })}
                />
              </Labelled>
              <Labelled id={`${id}-original`} label="来文（举报）编号">
                <Input
                  id={`${id}-original`}
                  maxLength={80}
                  value={draft.originalNumber}
                  onChange={(event) => change({ originalNumber: event.target.value })}
                />
              </Labelled>
              <Labelled id={`${id}-finder`} label="发现人（不是本人的）">
                <Input
                  id={`${id}-finder`}
                  maxLength={80}
                  value={draft.finder}
                  onChange={(event) => change({ finder: event.target.value })}
                />
              </Labelled>
              <Labelled id={`${id}-grid`} label="网格">
                <Input
                  id={`${id}-grid`}
                  maxLength={60}
                  value={draft.grid}
                  onChange={(event) => change({ grid: event.target.value })}
                />
              </Labelled>
            </div>
            <Labelled id={`${id}-measures`} label="整改要求">
              <Input.TextArea
                id={`${id}-measures`}
                rows={2}
                maxLength={2000}
                value={draft.measures}
                onChange={(event) => change({ measures: event.target.value })}
              />
            </Labelled>
          </details>
          <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
          <div className="g-field g-row">
            <Button type="primary" size="large" htmlType="submit" loading={acting.busy} disabled={waiting > 0}>
              {draft.onSpot ? '登记并销号' : '登记'}
            </Button>
            {waiting > 0 ? (
              <span className="g-quiet" role="status">
                还有 {waiting} 个文件正在上传，传完后才能提交。
              </span>
            ) : null}
          </div>
        </Card>
      </div>
      <Card title="会不会重复">
        <Similar text={draft.text} enterpriseId={draft.enterpriseId} subject={draft.subject} />
      </Card>
    </form>
  );
}
