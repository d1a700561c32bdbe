import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import type { lettersApi } from '../api.ts';
import { api } from './letters-client.ts';

type Letterhead = NonNullable<ResponseOf<typeof lettersApi.listTemplates>['letterhead']>;

const empty: Letterhead = {
  redHead: '',
  issuer: '',
  numberSeries: '',
  printer: '',
  hotline: '',
  copies: '',
  letters: {},
};
const names = {
  redHead: ['红头', '如“某某区安全生产委员会办公室文件”'],
  issuer: ['发文机关（落款）', ''],
  numberSeries: ['发文代字', '如“某安委办”，文号写作 某安委办〔2026〕1号'],
  printer: ['印发机关（版记）', ''],
  hotline: ['监督电话', '写进挂牌公告；没有就留空'],
  copies: ['通常抄送单位', '写进版记；可以在印发时改'],
} as const;

/** In whose name documents leave; kept for the office and used from the next document on. */
export function LetterheadForm({
  letterhead,
  series,
}: {
  letterhead: Letterhead | null;
  series: readonly { readonly letters: string; readonly word: string }[];
}) {
  const id = useId();
  const [draft, setDraft] = useState<Letterhead>(letterhead ?? empty);
  const [said, setSaid] = useState(false);
  const setting = useAct(api.setLetterhead, { onDone: () => setSaid(true) });
  const change = (part: Partial<Letterhead>) => {
    setSaid(false);
    setDraft({ ...draft, ...part });
  };
  return (
    <Card title="发文机关资料">
      {letterhead === null ? <p role="status">还没有登记发文机关资料，登记之后才能印发公文。</p> : null}
      <div className="g-letterhead">
        {(Object.keys(names) as (keyof typeof names)[]).map((field) => (
          <Labelled
            key={field}
            id={`${id}-${field}`}
            label={names[field][0]}
            must={!['hotline', 'copies'].includes(field)}
            {...(names[field][1] === '' ? {} : { says: names[field][1] })}
          >
            <Input
              id={`${id}-${field}`}
              maxLength={120}
              value={draft[field]}
              onChange={(event) => change({ [field]: event.target.value })}
            />
          </Labelled>
        ))}
        {series.map(({ letters, word }) => (
          <Labelled key={letters} id={`${id}-${letters}`} label={`${word}的代字`}>
            <Input
              id={`${id}-${letters}`}
              maxLength={20}
              placeholder={draft.numberSeries}
              value={draft.letters[letters] ?? ''}
              onChange={(event) => change({ letters: { ...draft.letters, [letters]: event.target.value } })}
            />
          </Labelled>
        ))}
      </div>
      <div className="g-row">
        <Button type="primary" loading={setting.busy} onClick={() => void setting.act({ body: draft })}>
          保存
        </Button>
        {said ? (
          <span role="status" className="g-quiet">
            已保存，下一份公文起使用。
          </span>
        ) : null}
      </div>
      <RefusalAlert refusal={setting.refusal} onResend={() => void setting.resend()} />
    </Card>
  );
}
