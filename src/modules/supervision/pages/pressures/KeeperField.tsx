import { Select } from 'antd';
import { useId } from 'react';
import { Labelled } from '../../../../platform/web/parts/Labelled.tsx';
import { useRead } from '../../../../platform/web/use-read.ts';
import { api } from './pressures-client.ts';

/** Who else of the office may see a lead that is transferred; whoever proposes always may. */
export function KeeperField(props: { value: readonly string[]; onChange: (accountIds: string[]) => void }) {
  const id = useId();
  const read = useRead(api.pressureKeepers);
  return (
    <Labelled id={id} label="知悉人员" says="只有提请人、这里指定的安委办人员和分管领导能看到。">
      <Select
        id={id}
        mode="multiple"
        aria-label="知悉人员"
        style={{ width: '100%' }}
        loading={read.isLoading}
        value={[...props.value]}
        options={(read.data?.rows ?? []).map((one) => ({ value: one.accountId, label: one.name }))}
        onChange={(value: string[]) => props.onChange(value)}
      />
    </Labelled>
  );
}
