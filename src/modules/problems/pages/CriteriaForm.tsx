import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import '../../../platform/web/case.css';
import { client } from '../../../platform/web/client.ts';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useKeptDraft } from '../../../platform/web/use-kept-draft.ts';
import { criteriaApi } from '../api-criteria.ts';
import './problems.css';

const api = client(criteriaApi);

interface Clause {
  readonly code: string;
  readonly sector: string | null;
  readonly text: string;
  readonly doubt?: string | null;
}
interface Draft {
  readonly name: string;
  readonly version: string;
  readonly validFrom: string | null;
  readonly source: string;
  readonly clauses: readonly Clause[];
}
const empty: Draft = { name: '', version: '', validFrom: null, source: '', clauses: [] };

/** Enters a set: a file is read into clauses, they are looked through and mended, and only then entered. */
export function CriteriaForm(props: { onDone: () => void; onCancel: () => void }) {
  const id = useId();
  const kept = useKeptDraft<Draft>('problem.criteria', empty);
  const { draft } = kept;
  const change = (part: Partial<Draft>) => kept.setDraft((old) => ({ ...old, ...part }));
  const [losses, setLosses] = useState<readonly string[]>([]);
  const reading = useAct(api.readCriteria, {
    quiet: true,
    onDone: (found) => {
      setLosses(found.losses);
      change({ clauses: found.clauses.map(({ code, sector, text, doubt }) => ({ code, sector, text, doubt })) });
    },
  });
  const adding = useAct(api.addCriteria, {
    onDone: () => {
      kept.forget();
      props.onDone();
    },
  });
  const edit = (at: number, part: Partial<Clause>) =>
    change({ clauses: draft.clauses.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const send = () =>
    void adding.act({
      body: {
        name: draft.name.trim(),
        version: draft.version.trim(),
        validFrom: draft.validFrom ?? '',
        source: draft.source.trim() === '' ? null : draft.source.trim(),
        clauses: draft.clauses.map(({ code, sector, text }) => ({ code: code.trim(), sector, text: text.trim() })),
      },
    });
  return (
    <Card title="录入判定标准">
      <div className="g-grid">
        <Labelled id={`${id}-name`} label="名称" must>
          <Input
            id={`${id}-name`}
            maxLength={120}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Labelled>
        <Labelled id={`${id}-version`} label="版本（年份或文号）" must>
          <Input
            id={`${id}-version`}
            maxLength={60}
            value={draft.version}
            onChange={(event) => change({ version: event.target.value })}
          />
        </Labelled>
        <Labelled id={`${id}-from`} label="施行日期" must>
          <DayPicker
            id={`${id}-from`}
            label="施行日期"
            value={draft.validFrom}
            onChange={(validFrom) => change({ validFrom })}
          />
        </Labelled>
        <Labelled id={`${id}-source`} label="出处">
          <Input
            id={`${id}-source`}
            maxLength={300}
            value={draft.source}
            onChange={(event) => change({ source: event.target.value })}
          />
        </Labelled>
      </div>
      <div className="g-field">
        <FileUpload
          label="条文文件"
          hint="表格（条号、行业领域、条文三列）或按条编号的文档；读出来后逐条核对，再录入"
          progress={reading.busy ? (reading.progress ?? 0) : null}
          onFiles={(files) => files[0] && void reading.act({ file: files[0] })}
        />
        <RefusalAlert refusal={reading.refusal} onResend={() => void reading.resend()} />
        {losses.map((loss) => (
          <p key={loss} className="g-doubt">
            {loss}
          </p>
        ))}
      </div>
      <fieldset className="g-rows">
        <legend>条文（{draft.clauses.length}）</legend>
        {draft.clauses.map((clause, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end and removed by position
          <div key={at} className="g-clause-row">
            <Input
              aria-label={`第${at + 1}条条号`}
              placeholder="条号"
              maxLength={40}
              value={clause.code}
              onChange={(event) => edit(at, { code: event.target.value })}
            />
            <Input
              aria-label={`第${at + 1}条行业领域`}
              placeholder="行业领域（通用的不填）"
              maxLength={60}
              value={clause.sector ?? ''}
              onChange={(event) => edit(at, { sector: event.target.value === '' ? null : event.target.value })}
            />
            <Input.TextArea
              aria-label={`第${at + 1}条条文`}
              autoSize={{ minRows: 1, maxRows: 6 }}
              maxLength={4000}
              value={clause.text}
              onChange={(event) => edit(at, { text: event.target.value })}
            />
            <Button onClick={() => change({ clauses: draft.clauses.filter((_one, index) => index !== at) })}>
              删去
            </Button>
            {clause.doubt ? <p className="g-doubt">{clause.doubt}</p> : null}
          </div>
        ))}
        <Button onClick={() => change({ clauses: [...draft.clauses, { code: '', sector: null, text: '' }] })}>
          加一条
        </Button>
      </fieldset>
      <RefusalAlert refusal={adding.refusal} onResend={() => void adding.resend()} />
      <div className="g-field g-row">
        <Button type="primary" loading={adding.busy} disabled={draft.clauses.length === 0} onClick={send}>
          录入
        </Button>
        <Button onClick={props.onCancel}>返回</Button>
      </div>
    </Card>
  );
}
