import { Input, InputNumber, Select } from 'antd';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { type Party, type Relation, relations, relationWords } from '../responsibility.ts';
import { computedKinds, isComputed, type Target, type TargetKind, targetKinds, targetWords } from '../shapes.ts';
import { Choose, Lines, NumberField, Words } from './fields.tsx';

export interface LetterDraft {
  readonly relation: Relation;
  readonly title: string;
  readonly year: number;
  readonly partyA: Party;
  readonly partyB: Party;
  readonly targets: readonly Target[];
  readonly duties: string;
  readonly signedOn: string | null;
  readonly signerA: string;
  readonly signerB: string;
  readonly reason: string;
  readonly fileIds: readonly string[];
  readonly target: number | null;
  readonly value: number | null;
  readonly upTo: string | null;
  readonly note: string;
}
export const letterText = (draft: LetterDraft) => ({
  relation: draft.relation,
  title: draft.title,
  year: draft.year,
  partyA: draft.partyA,
  partyB: draft.partyB,
  targets: draft.targets,
  duties: draft.duties.split('\n').filter((one) => one.trim() !== ''),
});
export const blankParty: Party = { unitId: null, unitName: '', signer: '', post: '' };
const option = (value: TargetKind) => ({ value, label: targetWords[value] });
const kindOptions = [
  { label: '系统按台账计算', options: computedKinds.map(option) },
  { label: '人工登记结果', options: targetKinds.filter((kind) => !isComputed(kind)).map(option) },
];
/** What is computed is named and measured as it is counted. */
const ofKind = (kind: TargetKind, line: Target): Partial<Target> => {
  if (!isComputed(kind)) return { kind };
  const unit = kind === 'deaths' ? '人' : kind === 'accidents' ? '起' : '%';
  const bound = unit === '%' ? 'atLeast' : 'atMost';
  return { kind, unit, bound, name: line.name.trim() === '' || isComputed(line.kind) ? targetWords[kind] : line.name };
};
const blankTarget: Target = { kind: 'deaths', name: '生产安全事故死亡人数', value: 0, unit: '人', bound: 'atMost' };

function PartyFields({ name, party, onChange }: { name: string; party: Party; onChange: (party: Party) => void }) {
  return (
    <fieldset className="g-rows">
      <legend>{name}</legend>
      <div className="g-entry-row">
        <UnitPicker label={`${name}单位`} value={party.unitId} onChange={(unitId) => onChange({ ...party, unitId })} />
        <Input
          aria-label={`${name}名称`}
          placeholder="名册中没有的写名称"
          maxLength={80}
          value={party.unitName}
          onChange={(event) => onChange({ ...party, unitName: event.target.value })}
        />
        <Input
          aria-label={`${name}签字人`}
          placeholder="签字人"
          maxLength={30}
          value={party.signer}
          onChange={(event) => onChange({ ...party, signer: event.target.value })}
        />
        <Input
          aria-label={`${name}签字人职务`}
          placeholder="职务"
          maxLength={40}
          value={party.post}
          onChange={(event) => onChange({ ...party, post: event.target.value })}
        />
      </div>
    </fieldset>
  );
}

/** What a responsibility letter says. */
export function LetterFields({
  draft,
  onChange,
}: {
  draft: LetterDraft;
  onChange: (change: Partial<LetterDraft>) => void;
}) {
  return (
    <>
      <Words label="责任书名称" must max={80} value={draft.title} onChange={(title) => onChange({ title })} />
      <NumberField label="年度" must min={2000} max={2100} value={draft.year} onChange={(year) => onChange({ year })} />
      <Choose
        label="由谁与谁签订"
        value={draft.relation}
        options={relations.map((value) => ({ value, label: relationWords[value] }))}
        onChange={(relation) => onChange({ relation })}
      />
      <PartyFields name="甲方" party={draft.partyA} onChange={(partyA) => onChange({ partyA })} />
      <PartyFields name="乙方" party={draft.partyB} onChange={(partyB) => onChange({ partyB })} />
      <Lines
        legend="目标"
        add="增加一项"
        lines={draft.targets}
        blank={blankTarget}
        onChange={(targets) => onChange({ targets })}
        one={(line, change, at) => (
          <>
            <Select<TargetKind>
              aria-label={`第${at + 1}项类别`}
              value={line.kind}
              options={kindOptions}
              onChange={(kind) => change(ofKind(kind, line))}
            />
            <Input
              aria-label={`第${at + 1}项名称`}
              placeholder="目标名称"
              maxLength={80}
              value={line.name}
              onChange={(event) => change({ name: event.target.value })}
            />
            <Select<Target['bound']>
              aria-label={`第${at + 1}项要求`}
              value={line.bound}
              options={[
                { value: 'atMost', label: '不超过' },
                { value: 'atLeast', label: '不低于' },
              ]}
              onChange={(bound) => change({ bound })}
            />
            <InputNumber
              aria-label={`第${at + 1}项数值`}
              min={0}
              value={line.value}
              onChange={(value) => change({ value: value ?? 0 })}
            />
            <Input
              aria-label={`第${at + 1}项单位`}
              placeholder="人、起、%"
              maxLength={10}
              value={line.unit}
              onChange={(event) => change({ unit: event.target.value })}
            />
          </>
        )}
      />
      <Words
        label="乙方承担的职责"
        rows={4}
        max={10_000}
        says="一段一条，回车分段。"
        value={draft.duties}
        onChange={(duties) => onChange({ duties })}
      />
    </>
  );
}
