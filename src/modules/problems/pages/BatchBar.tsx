import { Input } from 'antd';
import { useState } from 'react';
import { newKey } from '../../../platform/web/key.ts';
import { type BatchChoice, BatchBar as BatchOf, type BatchResult } from '../../../platform/web/parts/BatchBar.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { asRefused, type RefusedError } from '../../../platform/web/refused.ts';
import { answers } from '../../../platform/web/use-read.ts';
import { api, type ProblemLine } from './problems-client.ts';

type Action = 'receive' | 'setPerson' | 'close';
type Asks = 'person' | 'opinion';

const choices: readonly BatchChoice<Action, Asks>[] = [
  { action: 'receive', label: '签收', permission: 'problem.work' },
  { action: 'setPerson', label: '明确责任人', permission: 'problem.work', asks: 'person' },
  { action: 'close', label: '销号', permission: 'problem.direct', asks: 'opinion' },
];

/** The same act on all ticked problems, one after another; each is judged by itself. */
export function BatchBar({ chosen, onDone }: { chosen: readonly ProblemLine[]; onDone: () => void }) {
  const [personName, setPersonName] = useState('');
  const [opinion, setOpinion] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<RefusedError | null>(null);
  const one = async (action: Action, row: ProblemLine): Promise<void> => {
    const params = { id: row.id };
    const key = { key: newKey() };
    const { version } = row;
    if (action === 'receive') await api.receiveProblem({ params, body: { version } }, key);
    else if (action === 'setPerson') await api.setProblemPerson({ params, body: { version, personName } }, key);
    else await api.closeProblem({ params, body: { version, approve: true, opinion } }, key);
  };
  const send = async (action: Action): Promise<BatchResult | null> => {
    setRefusal(null);
    const rows: { id: string; number: string; title: string; done: boolean; says: string }[] = [];
    for (const [index, row] of chosen.entries()) {
      setAt(index + 1);
      const line = { id: row.id, number: row.number, title: row.title };
      try {
        await one(action, row);
        rows.push({ ...line, done: true, says: '' });
      } catch (thrown) {
        const refused = asRefused(thrown);
        rows.push({ ...line, done: false, says: refused.says });
        if (refused.kind === 'unreachable') break;
      }
    }
    setAt(null);
    void answers.invalidateQueries();
    const done = rows.filter((row) => row.done).length;
    return { done, refused: rows.length - done, rows };
  };
  return (
    <BatchOf
      choices={choices}
      chosen={chosen.length}
      counted="条问题"
      addressOf={(id) => `/problems/${id}`}
      send={send}
      busy={at !== null}
      progress={at === null ? null : `正在办理第 ${at} 条，共 ${chosen.length} 条。`}
      refusal={refusal}
      onClear={() => setRefusal(null)}
      onDone={onDone}
      fields={(asks) =>
        asks === 'person' ? (
          <Labelled id="batch-person" label="整改责任人姓名" must>
            <Input
              id="batch-person"
              maxLength={30}
              value={personName}
              onChange={(event) => setPersonName(event.target.value)}
            />
          </Labelled>
        ) : asks === 'opinion' ? (
          <Labelled id="batch-opinion" label="销号意见" must>
            <Input.TextArea
              id="batch-opinion"
              rows={3}
              maxLength={500}
              value={opinion}
              onChange={(event) => setOpinion(event.target.value)}
            />
          </Labelled>
        ) : null
      }
    />
  );
}
