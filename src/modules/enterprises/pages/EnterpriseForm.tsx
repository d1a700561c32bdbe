import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import type { RefusedError } from '../../../platform/web/refused.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { Field } from '../../units/pages/Field.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { type EnterpriseField, enterpriseKinds, enterpriseSizes, fieldWords, riskColours } from '../enterprise.ts';
import { asksForWord } from '../match.ts';
import { DoubtList } from './DoubtList.tsx';
import { api, type EnterpriseBody } from './enterprises-client.ts';

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** The value half a second after typing stopped. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 500);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

const empty = (draft: EnterpriseBody): EnterpriseBody =>
  Object.fromEntries(
    Object.entries(draft).map(([field, value]) => [
      field,
      typeof value === 'string' && value.trim() === '' ? null : value,
    ]),
  ) as EnterpriseBody;

const governing = ['committeeOffice', 'partyOffice', 'department', 'organ', 'town', 'zone', 'subordinate'] as const;
const territorial = ['town', 'zone', 'village'] as const;

/**
 * The form of one file. While one types it says whether the code looks wrong and whether somebody is registered already;
 * the person decides.
 */
export function EnterpriseForm(props: {
  initial: EnterpriseBody;
  /** Id of the file that is changed: it is no duplicate of itself. */
  except?: string;
  /** Why the regulator of record cannot be changed; null where it can. */
  regulatorFixed?: string | null;
  saveLabel: string;
  busy: boolean;
  refusal: RefusedError | null;
  onSave: (draft: EnterpriseBody) => void;
  onCancel: () => void;
}) {
  const id = useId();
  const [draft, setDraft] = useState(props.initial);
  const [notDuplicate, setNotDuplicate] = useState(false);
  const [locating, setLocating] = useState<string | null>(null);
  const set = (change: Partial<EnterpriseBody>) => setDraft((before) => ({ ...before, ...change }));
  const filters = useRead(api.enterpriseFilters);
  const { name, creditCode, address } = useSettled(draft);
  const looked = useRead(
    api.enterpriseDoubts,
    {
      query: {
        name: name.trim(),
        creditCode: creditCode?.trim() ?? '',
        address: address?.trim() ?? '',
        ...(props.except === undefined ? {} : { except: props.except }),
      },
    },
    { enabled: name.trim().length >= 2 || (creditCode ?? '').trim() !== '' },
  );
  const doubts = looked.data?.doubts ?? [];
  const twins = asksForWord(doubts);
  const wrong = (field: EnterpriseField): string | undefined =>
    props.refusal?.places.find((place) => place.where === `body.${field}`)?.says;
  const text = (field: EnterpriseField & keyof EnterpriseBody, most: number, hint?: string): ReactNode => (
    <Field
      label={fieldWords[field]}
      htmlFor={`${id}${field}`}
      required={field === 'name'}
      wrong={wrong(field)}
      {...(hint === undefined ? {} : { hint })}
    >
      <Input
        id={`${id}${field}`}
        value={String(draft[field] ?? '')}
        maxLength={most}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  );
  const choice = (
    field: 'kind' | 'size' | 'risk' | 'sector',
    from: readonly { value: string; label: string }[],
  ): ReactNode => (
    <Field label={fieldWords[field]} htmlFor={`${id}${field}`} wrong={wrong(field)}>
      <Select<string>
        id={`${id}${field}`}
        aria-label={fieldWords[field]}
        style={{ width: '100%' }}
        allowClear={field !== 'kind'}
        showSearch={field === 'sector' ? { optionFilterProp: 'label' } : false}
        placeholder="未填写"
        value={(draft[field] ?? null) as string}
        options={[...from]}
        onChange={(value: string | undefined) => set({ [field]: value ?? null })}
      />
    </Field>
  );
  const number = (field: 'longitude' | 'latitude' | 'headcount', low: number, high: number): ReactNode => (
    <Field label={fieldWords[field]} htmlFor={`${id}${field}`} wrong={wrong(field)}>
      <InputNumber
        id={`${id}${field}`}
        style={{ width: '100%' }}
        min={low}
        max={high}
        {...(field === 'headcount' ? { precision: 0 } : {})}
        value={draft[field] ?? null}
        onChange={(value) => set({ [field]: value })}
      />
    </Field>
  );
  const locate = () => {
    setLocating('正在定位…');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        set({ longitude: Number(coords.longitude.toFixed(6)), latitude: Number(coords.latitude.toFixed(6)) });
        setLocating(`已填入当前位置，误差约 ${Math.round(coords.accuracy)} 米。`);
      },
      () => setLocating('没有取得位置，请检查定位权限，或手工填写。'),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave({
          ...empty(draft),
          name: draft.name.trim(),
          kind: draft.kind,
          ...(notDuplicate ? { notDuplicate } : {}),
        });
      }}
    >
      <Card title="基本情况">
        <DoubtList doubts={doubts} title="请先核对，确认无误的可以照样保存：" />
        <div className="g-grid">
          {choice('kind', options(enterpriseKinds))}
          {text('name', 100, props.except ? '更名后，原名留存，按原名仍能查到。' : '请填写营业执照或挂牌上的全称。')}
          {text('creditCode', 30, '校验位不对只提醒，不影响保存。')}
          {choice(
            'sector',
            (filters.data?.sectors ?? []).map((sector) => ({ value: sector, label: sector })),
          )}
          {text('industry', 20, '国民经济行业分类代码，如 3429。')}
          {choice('size', options(enterpriseSizes))}
          {number('headcount', 0, 10_000_000)}
          {choice('risk', options(riskColours))}
        </div>
      </Card>
      <Card title="监管与位置">
        <div className="g-grid">
          <Field
            label={fieldWords.regulatorUnitId}
            htmlFor={`${id}regulator`}
            wrong={wrong('regulatorUnitId')}
            {...(props.regulatorFixed ? { hint: props.regulatorFixed } : {})}
          >
            <UnitPicker
              id={`${id}regulator`}
              label={fieldWords.regulatorUnitId}
              kinds={governing}
              disabled={Boolean(props.regulatorFixed)}
              value={draft.regulatorUnitId ?? null}
              onChange={(regulatorUnitId) => set({ regulatorUnitId })}
            />
          </Field>
          <Field label={fieldWords.townUnitId} htmlFor={`${id}town`} wrong={wrong('townUnitId')}>
            <UnitPicker
              id={`${id}town`}
              label={fieldWords.townUnitId}
              kinds={territorial}
              value={draft.townUnitId ?? null}
              onChange={(townUnitId) => set({ townUnitId })}
            />
          </Field>
          {text('grid', 60)}
          {text('gridCode', 40)}
          {text('address', 200)}
          {text('areaCode', 12, '不填则与属地相同。')}
          {number('longitude', -180, 180)}
          {number('latitude', -90, 90)}
        </div>
        {'geolocation' in navigator && window.isSecureContext ? (
          <div className="g-row">
            <Button onClick={locate}>用当前位置</Button>
            <span className="g-quiet" role="status">
              {locating}
            </span>
          </div>
        ) : null}
      </Card>
      <Card title="负责人">
        <div className="g-grid">
          {text('legalPerson', 40)}
          {text('safetyHead', 40)}
          {text('safetyPhone', 40)}
          {text('note', 500)}
        </div>
      </Card>
      {twins.length > 0 ? (
        <Card>
          <Checkbox checked={notDuplicate} onChange={(event) => setNotDuplicate(event.target.checked)}>
            已核对，与 {twins.map((twin) => twin.existing?.number).join('、')} 不是同一家
          </Checkbox>
        </Card>
      ) : null}
      <RefusalAlert refusal={props.refusal} />
      <div className="g-row">
        <Button
          type="primary"
          htmlType="submit"
          loading={props.busy}
          disabled={draft.name.trim().length < 2 || (twins.length > 0 && !notDuplicate)}
        >
          {props.saveLabel}
        </Button>
        <Button onClick={props.onCancel}>返回</Button>
      </div>
    </form>
  );
}
