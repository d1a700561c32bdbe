import { Button } from 'antd';
import { useState } from 'react';
import type { RouteContract } from '../../../kernel/contract.ts';
import { type ApiCall, type InputOf, save } from '../client.ts';
import { asRefused, type RefusedError } from '../refused.ts';
import { RefusalAlert } from './RefusalAlert.tsx';

/**
 * Fetches a file from a download route and hands it to the browser. Unlike a link it says why when it is refused, and
 * asks to sign in again instead of saving an error under the file's name.
 */
export function DownloadButton<R extends RouteContract & { readonly download: true }>(props: {
  call: ApiCall<R>;
  input: InputOf<R>;
  label: string;
  disabled?: boolean;
}) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<RefusedError | null>(null);
  const fetchFile = props.call as unknown as (input: InputOf<R>) => Promise<{ name: string; blob: Blob }>;
  const go = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      save(await fetchFile(props.input));
    } catch (thrown) {
      setRefusal(asRefused(thrown));
    }
    setBusy(false);
  };
  return (
    <>
      <Button loading={busy} disabled={props.disabled ?? false} onClick={() => void go()}>
        {props.label}
      </Button>
      <RefusalAlert refusal={refusal} onResend={() => void go()} onClose={() => setRefusal(null)} />
    </>
  );
}
