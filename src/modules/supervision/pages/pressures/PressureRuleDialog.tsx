import { Button, Checkbox, Input, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { DayPicker } from '../../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useAct } from '../../../../platform/web/use-act.ts';
import { pressureKinds, pressureWords } from '../../pressure.ts';
import { isWindowed, type RuleKind, ruleKinds, ruleKindWords } from '../../pressure-rule.ts';
import { Choice } from '../Choice.tsx';
import { api, type PressureRuleLine } from './pressures-client.ts';

const listOf = (text: string): string[] => text.split(/[、，,\s]+/).filter((one) => one !== '');
const rungKinds = pressureKinds.filter((kind) => kind !== 'transfer' && kind !== 'accountability');
type RungDraft = PressureRuleLine['ladder'][number];

const thresholdLabel: Readonly<Record<RuleKind, string>> = {
  overdue: '逾期满几天',
  overdueAtOnce: '同时逾期几件以上',
  reopened: '几件以上',
  majorUndecided: '满几天',
  filingsMissed: '几次以上',
  accidents: '几起以上',
};

/** A new rule, or the next version of one from a day on. */
export function PressureRuleDialog({ before, onClose }: { before: PressureRuleLine | null; onClose: () => void }) {
  const id = useId();
  const { today } = useSession();
  const [code, setCode] = useState(before?.code ?? '');
  const [name, setName] = useState(before?.name ?? '');
  const [basis, setBasis] = useState(before?.basis ?? '');
  const [kind, setKind] = useState<RuleKind>(before?.kind ?? 'overdue');
  const [about, setAbout] = useState<('problem' | 'task')[]>(before ? [...before.about] : ['problem']);
  const [threshold, setThreshold] = useState<number | null>(before?.threshold ?? 10);
  const [windowDays, setWindowDays] = useState<number | null>(before?.windowDays ?? 30);
  const [quietDays, setQuietDays] = useState<number | null>(before?.quietDays ?? 14);
  const [majorOnly, setMajorOnly] = useState(before?.grades.includes('major') ?? false);
  const [sectors, setSectors] = useState(before?.sectors.join('、') ?? '');
  const [ladder, setLadder] = useState<RungDraft[]>(before ? [...before.ladder] : [{ kind: 'reminder', afterDays: 0 }]);
  const [fromOn, setFromOn] = useState<string | null>(today);
  const [toOn, setToOn] = useState<string | null>(null);
  const making = useAct(api.makePressureRule, { onDone: onClose });
  const changeRung = (at: number, part: Partial<RungDraft>) =>
    setLadder(ladder.map((rung, index) => (index === at ? { ...rung, ...part } : rung)));
  const overdue = kind === 'overdue' || kind === 'overdueAtOnce';
  const send = () =>
    void making.act({
      body: {
        code: code.trim(),
        name,
        basis,
        kind,
        about: overdue ? about : [],
        threshold: threshold ?? 1,
        windowDays: isWindowed(kind) ? windowDays : null,
        quietDays: quietDays ?? 1,
        grades: overdue && majorOnly ? ['major'] : [],
        sectors: listOf(sectors),
        ladder,
        fromOn: fromOn ?? '',
        toOn,
      },
    });
  return (
    <Modal
      open
      title={before ? `修订规则：${before.name}` : '新增督促规则'}
      okText={before ? '修订' : '新增'}
      cancelText="返回"
      width={720}
      confirmLoading={making.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={onClose}
    >
      <p className="g-quiet">
        {before
          ? '修订后从起始日期起用新版本，以前的提示仍记着当时的版本。'
          : '同时满足各项条件的单位，夜里提示采取措施。'}
      </p>
      {before ? null : (
        <Labelled id={`${id}-code`} label="代号" must says="小写字母、数字和短横线，如 gas-overdue；以后修订沿用。">
          <Input id={`${id}-code`} maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />
        </Labelled>
      )}
      <Labelled id={`${id}-name`} label="名称" must says="也是提请时针对的事项，如：问题隐患整改逾期">
        <Input id={`${id}-name`} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Labelled>
      <Labelled id={`${id}-basis`} label="依据（哪份文件哪一条）" must>
        <Input id={`${id}-basis`} maxLength={200} value={basis} onChange={(event) => setBasis(event.target.value)} />
      </Labelled>
      <Labelled id={`${id}-kind`} label="看什么" must>
        <Choice
          id={`${id}-kind`}
          label="看什么"
          value={kind}
          options={ruleKinds.map((one) => ({ value: one, label: ruleKindWords[one] }))}
          onChange={setKind}
        />
      </Labelled>
      {overdue ? (
        <fieldset className="g-rows">
          <legend>看哪些</legend>
          <Checkbox.Group
            value={about}
            options={[
              { value: 'problem', label: '问题' },
              { value: 'task', label: '任务' },
            ]}
            onChange={(values) => setAbout(values as ('problem' | 'task')[])}
          />
          <Checkbox checked={majorOnly} onChange={(event) => setMajorOnly(event.target.checked)}>
            只看重大隐患
          </Checkbox>
        </fieldset>
      ) : null}
      <Labelled id={`${id}-threshold`} label={thresholdLabel[kind]} must>
        <InputNumber id={`${id}-threshold`} min={1} max={10000} value={threshold} onChange={setThreshold} />
      </Labelled>
      {isWindowed(kind) ? (
        <Labelled id={`${id}-window`} label="在多少天之内" must>
          <InputNumber id={`${id}-window`} min={1} max={3660} value={windowDays} onChange={setWindowDays} />
        </Labelled>
      ) : null}
      {kind === 'filingsMissed' || kind === 'accidents' ? null : (
        <Labelled id={`${id}-sectors`} label="行业领域" says="多个用顿号隔开；不限就留空">
          <Input id={`${id}-sectors`} value={sectors} onChange={(event) => setSectors(event.target.value)} />
        </Labelled>
      )}
      <Labelled id={`${id}-quiet`} label="同一单位几天内不重复提示" must>
        <InputNumber id={`${id}-quiet`} min={1} max={3660} value={quietDays} onChange={setQuietDays} />
      </Labelled>
      <fieldset className="g-rows">
        <legend>措施和递进（回复时限过后几天仍无回复或没有见效，提示下一级）</legend>
        {ladder.map((rung, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rungs are their order
          <div key={at} className="g-pressure-promise">
            <Choice
              id={`${id}-rung${at}`}
              label={`第${at + 1}级措施`}
              value={rung.kind}
              options={rungKinds.map((one) => ({ value: one, label: pressureWords[one] }))}
              onChange={(one) => changeRung(at, { kind: one })}
            />
            {at === 0 ? (
              <span className="g-quiet">规则查到时</span>
            ) : (
              <InputNumber
                aria-label={`第${at + 1}级：上一级回复时限过后几天`}
                min={0}
                max={3650}
                suffix="天后"
                value={rung.afterDays}
                onChange={(days) => changeRung(at, { afterDays: days ?? 0 })}
              />
            )}
            <Button
              aria-label={`删去第${at + 1}级`}
              disabled={ladder.length <= 1}
              onClick={() => setLadder(ladder.filter((_one, index) => index !== at))}
            >
              删去
            </Button>
          </div>
        ))}
        <Button
          disabled={ladder.length >= 8}
          onClick={() => setLadder([...ladder, { kind: 'interview', afterDays: 7 }])}
        >
          加一级
        </Button>
      </fieldset>
      <Labelled id={`${id}-from`} label="自何日起" must>
        <DayPicker id={`${id}-from`} label="自何日起" value={fromOn} onChange={setFromOn} />
      </Labelled>
      <Labelled id={`${id}-to`} label="至何日止" says="没有规定就留空">
        <DayPicker id={`${id}-to`} label="至何日止" value={toOn} onChange={setToOn} />
      </Labelled>
      <RefusalAlert refusal={making.refusal} onResend={() => void making.resend()} />
    </Modal>
  );
}
