import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import { client } from '../../../platform/web/client.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { problemsApi as problemsContract } from '../../problems/api.ts';
import { tasksApi as tasksContract } from '../../tasks/api.ts';
import { type MeasureCode, measureCodes, measures } from '../measures.ts';
import { counts, indicatorParts, narrowInWords, noneCodes, noneWords, partCodes, ruleInWords } from '../scheme.ts';
import { type ScoringKind, scoringTrouble, scoringWords } from '../scoring.ts';
import './assessment.css';
import type { DraftIndicator } from './assessment-client.ts';
import { listOf, marksFrom, marksHelp, marksInWords, usualScoring } from './draft-of.ts';

const problemsApi = client(problemsContract);
const tasksApi = client(tasksContract);
const kinds = Object.keys(scoringWords) as ScoringKind[];
const options = <T extends string>(codes: readonly T[], word: (code: T) => string) =>
  codes.map((value) => ({ value, label: word(value) }));

/** One indicator of the draft: how it is scored in controls, and below what that means in words. */
export function IndicatorEditor(props: {
  indicator: DraftIndicator;
  at: number;
  onChange: (change: Partial<DraftIndicator>) => void;
  onRemove: () => void;
}) {
  const { indicator, onChange } = props;
  const id = useId();
  const name = `第${props.at + 1}项`;
  const main = counts(indicator);
  return (
    <fieldset className="a-indicator">
      <legend>{name}</legend>
      <div className="a-fields">
        <Select
          aria-label={`${name}类别`}
          value={indicator.part}
          options={options(partCodes, (code) => indicatorParts[code])}
          onChange={(part) => onChange({ part, ...(part === 'bonus' || part === 'malus' ? { floor: 0 } : {}) })}
        />
        <Input
          aria-label={`${name}指标名称`}
          placeholder="指标名称"
          maxLength={60}
          value={indicator.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <InputNumber
          aria-label={`${name}分值`}
          min={0}
          max={1000}
          suffix="分"
          value={indicator.weight}
          onChange={(weight) => onChange({ weight: weight ?? 0 })}
        />
        <Select
          aria-label={`${name}怎样得分`}
          value={indicator.by}
          options={[
            { value: 'ledger', label: '从台账取数' },
            { value: 'hand', label: '由单位打分' },
          ]}
          onChange={(by) =>
            onChange(
              by === 'hand'
                ? { by, measure: null, scoring: null }
                : { by, measure: 'taskOnTime', scoring: usualScoring('linear', 'taskOnTime') },
            )
          }
        />
        <Button danger type="text" aria-label={`删去${name}`} onClick={props.onRemove}>
          删去
        </Button>
      </div>
      {indicator.by === 'hand' ? (
        <div className="a-fields a-fields-hand">
          <Input
            aria-label={`${name}打分单位`}
            placeholder="打分单位"
            maxLength={60}
            value={indicator.scorer ?? ''}
            onChange={(event) => onChange({ scorer: event.target.value })}
          />
          <Input
            aria-label={`${name}评分标准`}
            placeholder="看什么、怎样评分"
            maxLength={500}
            value={indicator.asks}
            onChange={(event) => onChange({ asks: event.target.value })}
          />
        </div>
      ) : (
        <Computed {...props} id={id} name={name} />
      )}
      <details>
        <summary>
          适用单位、最低分等
          {indicator.units.length > 0 ? `（${indicator.units.join('、')}）` : ''}
          {indicator.floor > 0 ? `（最低${indicator.floor}分）` : ''}
        </summary>
        <div className="a-fields a-fields-more">
          <label htmlFor={`${id}-units`}>适用单位</label>
          <Input
            id={`${id}-units`}
            placeholder="不填的适用全部考核对象；个性指标必填，用顿号隔开"
            defaultValue={indicator.units.join('、')}
            onBlur={(event) => onChange({ units: listOf(event.target.value) })}
          />
          {main ? (
            <>
              <label htmlFor={`${id}-floor`}>最低分</label>
              <InputNumber
                id={`${id}-floor`}
                min={0}
                max={indicator.weight}
                value={indicator.floor}
                onChange={(floor) => onChange({ floor: floor ?? 0 })}
              />
              <label htmlFor={`${id}-none`}>没有可考内容时</label>
              <Select
                id={`${id}-none`}
                aria-label={`${name}没有可考内容时`}
                value={indicator.whenNone}
                options={options(noneCodes, (code) => noneWords[code])}
                onChange={(whenNone) => onChange({ whenNone })}
              />
            </>
          ) : null}
        </div>
      </details>
      <p className="g-quiet">{ruleInWords(indicator)}。</p>
    </fieldset>
  );
}

function Computed(props: {
  indicator: DraftIndicator;
  id: string;
  name: string;
  onChange: (change: Partial<DraftIndicator>) => void;
}) {
  const { indicator, onChange, name } = props;
  const { measure, scoring } = indicator;
  const [text, setText] = useState<string | null>(null);
  if (measure === null || scoring === null) return null;
  const shown = text ?? marksInWords(scoring);
  const trouble =
    text !== null && marksFrom(scoring.kind, text) === null ? `没有看懂，${marksHelp[scoring.kind]}` : null;
  return (
    <>
      <div className="a-fields a-fields-rule">
        <Select
          aria-label={`${name}取数口径`}
          value={measure}
          options={options(measureCodes, (code) => measures[code].word)}
          onChange={(code: MeasureCode) => {
            setText(null);
            onChange({
              measure: code,
              scoring: usualScoring(scoring.kind, code),
              narrow: { sectors: [], tags: [], major: false },
            });
          }}
        />
        <Select
          aria-label={`${name}计分方式`}
          value={scoring.kind}
          options={options(kinds, (kind) => scoringWords[kind])}
          onChange={(kind: ScoringKind) => {
            setText(null);
            onChange({ scoring: usualScoring(kind, measure) });
          }}
        />
        <Input
          aria-label={`${name}计分点`}
          value={shown}
          status={trouble ? 'error' : ''}
          onChange={(event) => {
            setText(event.target.value);
            const read = marksFrom(scoring.kind, event.target.value);
            if (read !== null) onChange({ scoring: read });
          }}
        />
      </div>
      <p className="g-quiet">
        {measures[measure].word}＝{measures[measure].means}。{marksHelp[scoring.kind]}。
      </p>
      {measures[measure].narrows.length > 0 ? <Narrowing {...props} /> : null}
      {trouble || scoringTrouble(scoring, measure) ? (
        <p role="alert" className="g-wrong">
          {trouble ?? scoringTrouble(scoring, measure)}。
        </p>
      ) : null}
    </>
  );
}

/** 限定取数范围: which part of the ledger counts, from what the ledgers hold. */
function Narrowing(props: {
  indicator: DraftIndicator;
  id: string;
  name: string;
  onChange: (change: Partial<DraftIndicator>) => void;
}) {
  const { indicator, id, name } = props;
  const { narrow, measure } = indicator;
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const problems = useRead(problemsApi.problemChoices, {}, { enabled: open && may('problem.read') });
  const tasks = useRead(tasksApi.sectorsOfTasks, {}, { enabled: open && may('task.read') });
  if (measure === null) return null;
  const narrows: readonly string[] = measures[measure].narrows;
  const ofTasks = measures[measure].source === 'tasks';
  const known = ofTasks ? tasks.data : problems.data;
  const set = (part: Partial<DraftIndicator['narrow']>) => props.onChange({ narrow: { ...narrow, ...part } });
  const said = narrowInWords(narrow);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>限定取数范围{said === '' ? '（不限）' : `（${said}）`}</summary>
      <div className="a-fields a-fields-more">
        <label htmlFor={`${id}-sectors`}>行业领域</label>
        <Select
          id={`${id}-sectors`}
          aria-label={`${name}限行业领域`}
          mode="tags"
          placeholder="不限"
          value={[...narrow.sectors]}
          options={(known?.sectors ?? []).map((value) => ({ value, label: value }))}
          onChange={(sectors: string[]) => set({ sectors })}
        />
        <label htmlFor={`${id}-plan`}>方案</label>
        <Select
          id={`${id}-plan`}
          aria-label={`${name}限方案`}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="不限；选一份方案，只考这项整治"
          value={(narrow.plan ?? '') === '' ? null : narrow.plan}
          options={(known?.plans ?? []).map((plan) => ({ value: plan.title, label: plan.title }))}
          onChange={(plan: string | null | undefined) => set({ plan: plan ?? '' })}
        />
        {narrows.includes('tags') ? (
          <>
            <label htmlFor={`${id}-tag`}>标签</label>
            <Select
              id={`${id}-tag`}
              aria-label={`${name}限标签`}
              allowClear
              showSearch
              placeholder="不限"
              value={narrow.tags[0] ?? null}
              options={(problems.data?.tags ?? []).map((value) => ({ value, label: value }))}
              onChange={(tag: string | null | undefined) => set({ tags: tag ? [tag] : [] })}
            />
          </>
        ) : null}
        {narrows.includes('major') ? (
          <>
            <span />
            <Checkbox checked={narrow.major} onChange={(event) => set({ major: event.target.checked })}>
              只看重大隐患
            </Checkbox>
          </>
        ) : null}
      </div>
    </details>
  );
}
