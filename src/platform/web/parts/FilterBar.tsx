import { Button, Input, Select } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { Ledger } from '../use-ledger.ts';
import { DayPicker } from './DayPicker.tsx';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
  /** More text that finds it: pinyin initials, short names. */
  readonly search?: string;
}

/** One filter of a ledger; `key` is the name in the list's query. */
export type FilterField<Q extends object> = { readonly key: keyof Q & string; readonly label: string } & (
  | { readonly kind: 'text'; readonly placeholder?: string }
  | { readonly kind: 'choice'; readonly options: readonly FilterOption[]; readonly width?: number }
  | { readonly kind: 'choices'; readonly options: readonly FilterOption[]; readonly width?: number }
  | { readonly kind: 'day' }
);

const includes = (input: string, option?: { readonly label?: unknown; readonly search?: unknown }): boolean =>
  `${String(option?.label ?? '')} ${String(option?.search ?? '')}`.toLowerCase().includes(input.trim().toLowerCase());

/** Text that is searched when one stops typing (300 ms) or presses Enter. */
function TextFilter(props: { id: string; value: string; placeholder?: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(props.value);
  const [given, setGiven] = useState(props.value);
  if (given !== props.value) {
    setGiven(props.value);
    setText(props.value);
  }
  const { onChange, value } = props;
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      id={props.id}
      value={text}
      allowClear
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => onChange(text)}
    />
  );
}

/**
 * One row of filters above a ledger, kept in the page's address. `extra` stands at its right end (export, new). With
 * `first`, only so many are shown at once, and those in use; the others unfold.
 */
export function FilterBar<Q extends object>(props: {
  ledger: Ledger<Q>;
  fields: readonly FilterField<Q>[];
  extra?: ReactNode;
  first?: number;
}) {
  const id = useId();
  const [all, setAll] = useState(false);
  const { ledger } = props;
  const set = (key: keyof Q & string, value: unknown) => ledger.setFilters({ [key]: value } as unknown as Partial<Q>);
  const used = (field: FilterField<Q>): boolean => {
    const value: unknown = ledger.filters[field.key];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '';
  };
  const folds = props.first !== undefined && props.fields.length > props.first;
  const shown = props.fields.filter(
    (field, at) => all || at < (props.first ?? Number.POSITIVE_INFINITY) || used(field),
  );
  const control = (field: FilterField<Q>): ReactNode => {
    const value: unknown = ledger.filters[field.key];
    const fieldId = `${id}-${field.key}`;
    if (field.kind === 'text') {
      return (
        <TextFilter
          id={fieldId}
          value={typeof value === 'string' ? value : ''}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
          onChange={(text) => set(field.key, text.trim() === '' ? undefined : text.trim())}
        />
      );
    }
    if (field.kind === 'day') {
      return (
        <DayPicker
          id={fieldId}
          label={field.label}
          value={typeof value === 'string' ? value : null}
          onChange={(day) => set(field.key, day ?? undefined)}
        />
      );
    }
    const shared = {
      id: fieldId,
      'aria-label': field.label,
      allowClear: true,
      placeholder: '不限',
      options: field.options.map((option) => ({ ...option })),
      style: { width: field.width ?? 150 },
      showSearch: field.options.length > 8 ? { filterOption: includes } : false,
    };
    return field.kind === 'choice' ? (
      <Select<string>
        {...shared}
        // A code is never shown: until its word is known the box stays empty.
        value={field.options.find((option) => option.value === String(value ?? ''))?.value ?? null}
        onChange={(next: string | undefined) => set(field.key, next)}
      />
    ) : (
      <Select<string[]>
        {...shared}
        mode="multiple"
        maxTagCount={1}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(next: string[]) => set(field.key, next)}
      />
    );
  };
  return (
    <form
      className={all ? 'g-filters' : 'g-filters g-filters-few'}
      aria-label="筛选"
      onSubmit={(event) => event.preventDefault()}
    >
      {shown.map((field) => (
        <div key={field.key} className="g-filter">
          <label htmlFor={`${id}-${field.key}`}>{field.label}</label>
          {control(field)}
        </div>
      ))}
      {props.fields.length > 2 ? (
        <Button className={folds ? 'g-filters-all' : 'g-filters-more'} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? '收起筛选' : '更多筛选'}
        </Button>
      ) : null}
      {ledger.filtered ? (
        <Button type="link" onClick={ledger.clear}>
          清除筛选
        </Button>
      ) : null}
      {props.extra ? <div className="g-row g-filters-extra">{props.extra}</div> : null}
    </form>
  );
}
