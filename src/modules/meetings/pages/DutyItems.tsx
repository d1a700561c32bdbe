import { Input, InputNumber, Select } from 'antd';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import type { DutyItem } from '../shapes.ts';
import { Lines } from './fields.tsx';

/** The points of a leader's list. */
export function DutyItems({ items, onChange }: { items: readonly DutyItem[]; onChange: (items: DutyItem[]) => void }) {
  return (
    <Lines<DutyItem>
      legend="职责和年度工作"
      add="增加一项"
      lines={items}
      blank={{ kind: 'annual', text: '', times: 1, dueOn: null }}
      onChange={onChange}
      one={(line, change, at) => (
        <>
          <Input.TextArea
            className="g-entry-wide"
            aria-label={`第${at + 1}项内容`}
            placeholder="做什么"
            autoSize
            maxLength={300}
            value={line.text}
            onChange={(event) => change({ text: event.target.value })}
          />
          <Select<DutyItem['kind']>
            aria-label={`第${at + 1}项类别`}
            value={line.kind}
            options={[
              { value: 'standing', label: '长期职责' },
              { value: 'annual', label: '年度工作' },
            ]}
            onChange={(kind) => change({ kind })}
          />
          <InputNumber
            aria-label={`第${at + 1}项次数`}
            min={1}
            max={366}
            suffix="次"
            value={line.times}
            onChange={(times) => change({ times: times ?? 1 })}
          />
          <DayPicker label={`第${at + 1}项时限`} value={line.dueOn} onChange={(dueOn) => change({ dueOn })} />
        </>
      )}
    />
  );
}
