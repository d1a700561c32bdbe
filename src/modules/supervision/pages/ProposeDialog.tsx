import { Input } from 'antd';
import { useId } from 'react';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Choice } from './Choice.tsx';
import { api, type ProblemListings } from './supervision-client.ts';

interface Draft {
  readonly level: string;
  readonly matter: string;
  readonly requirements: string;
  readonly reason: string;
}
type Of = ProblemListings & { readonly problemId: string };

const form: CaseForm<'matter' | 'level' | 'requirements' | 'reason', Draft, Of> = {
  fields: ['matter', 'level', 'requirements', 'reason'],
  call: caseCall(api.proposeListing),
  body: (draft, view) => ({
    problemId: view.problemId,
    level: draft.level,
    matter: draft.matter,
    requirements: draft.requirements.split('\n').filter((one) => one.trim() !== ''),
    reason: draft.reason,
  }),
  says: '提请之后由另一位同志（分管领导或安委办）审批；批准后由安委办印发通知书。',
};

/** 提请挂牌: what is supervised, at which level, what is required, and why. */
export function ProposeDialog(props: {
  problemId: string;
  of: ProblemListings;
  onClose: () => void;
  onRefresh: () => void;
}) {
  const id = useId();
  const { of } = props;
  return (
    <CaseDialog
      form={form}
      view={{ ...of, problemId: props.problemId }}
      id={props.problemId}
      keep={`listing.propose.${props.problemId}`}
      word="提请挂牌"
      subject={of.usual.matter}
      begin={{
        level: of.levels[0]?.code ?? '',
        matter: of.usual.matter,
        requirements: of.usual.requirements.join('\n'),
        reason: '',
      }}
      fields={(draft, change) => (
        <>
          <Labelled id={`${id}-matter`} label="督办事项名称" must says="公文标题里用：关于对……实施挂牌督办的通知。">
            <Input
              id={`${id}-matter`}
              maxLength={80}
              value={draft.matter}
              onChange={(event) => change({ matter: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-level`} label="督办级别" must>
            <Choice
              id={`${id}-level`}
              label="督办级别"
              value={draft.level}
              options={of.levels.map((level) => ({ value: level.code, label: level.name }))}
              onChange={(level) => change({ level })}
            />
          </Labelled>
          <Labelled id={`${id}-requirements`} label="整改要求（一行一条）" must says="验收时逐条核对。">
            <Input.TextArea
              id={`${id}-requirements`}
              rows={4}
              maxLength={4000}
              value={draft.requirements}
              onChange={(event) => change({ requirements: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-reason`} label="提请理由" must>
            <Input.TextArea
              id={`${id}-reason`}
              rows={3}
              maxLength={500}
              value={draft.reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          </Labelled>
        </>
      )}
      onClose={props.onClose}
      onRefresh={props.onRefresh}
    />
  );
}
