import { Alert, Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { type PointKind, pointKinds, proposedLead } from '../completeness.ts';
import { plans } from './plans-client.ts';
import type { ReviewHandle, ReviewState } from './useReview.ts';

/** Says what stands in the way of adoption, settles the usual cases with one click, and hands the tasks out. */
export function AdoptDialog(props: {
  open: boolean;
  state: ReviewState;
  review: ReviewHandle;
  onClose: () => void;
  onFilter: (kind: PointKind) => void;
}) {
  const { state, review } = props;
  const navigate = useNavigate();
  const [withDoubts, setWithDoubts] = useState(false);
  const adopt = useAct(plans.adoptPlan, { onDone: (result) => navigate(`/plans/${result.id}`) });
  const counts = new Map<PointKind, number>();
  for (const point of review.points) counts.set(point.kind, (counts.get(point.kind) ?? 0) + 1);
  const kinds = (Object.keys(pointKinds) as PointKind[]).filter((kind) => counts.has(kind));
  const blocking = kinds.filter((kind) => pointKinds[kind].blocks);
  const others = kinds.filter((kind) => !pointKinds[kind].blocks);
  const kept = state.drafts.filter((draft) => draft.discarded === null);
  const leads = kept.flatMap((draft) => {
    const unit = proposedLead(draft, state.sheet, state.known);
    return unit === null ? [] : [{ draft: draft.id, unit }];
  });
  const orphans = review.points.flatMap((point) => (point.kind === 'noUnit' && point.draft ? [point.draft] : []));
  const office = state.officeName;
  const line = (kind: PointKind) => (
    <li key={kind}>
      <button type="button" className="p-link" onClick={() => props.onFilter(kind)}>
        {pointKinds[kind].word}：{counts.get(kind)}处
      </button>{' '}
      {kind === 'leadProposed' ? (
        <Button
          size="small"
          type="primary"
          disabled={review.busy}
          onClick={() => void review.run({ do: 'confirmLeads', leads })}
        >
          全部按拟定单位确认牵头（{leads.length}条）
        </Button>
      ) : null}
      {kind === 'noUnit' && office ? (
        <Button
          size="small"
          disabled={review.busy}
          onClick={() => void review.run({ do: 'setUnits', drafts: orphans, lead: [office] })}
        >
          都由{office}牵头
        </Button>
      ) : null}
    </li>
  );
  return (
    <Modal
      open={props.open}
      title="采用方案并下达任务"
      okText={`下达${kept.length}条任务`}
      cancelText="返回校核"
      mask={{ closable: false }}
      confirmLoading={adopt.busy}
      okButtonProps={{
        disabled: review.busy || kept.length === 0 || blocking.length > 0 || (others.length > 0 && !withDoubts),
      }}
      onCancel={props.onClose}
      onOk={() => void adopt.act({ params: { id: state.plan.id }, body: { version: state.version, withDoubts } })}
    >
      <RefusalAlert
        refusal={adopt.refusal ?? review.refusal}
        onResend={adopt.resend}
        onRefresh={review.refresh}
        onClose={adopt.clear}
      />
      {blocking.length > 0 ? (
        <>
          <p>下列事项必须先定下来：</p>
          <ul>{blocking.map(line)}</ul>
        </>
      ) : (
        <Alert type="success" showIcon title="没有妨碍下达的事项。每条任务都有牵头单位，单位名称都已对应。" />
      )}
      {others.length > 0 ? (
        <>
          <p>下列事项不妨碍下达，但会记在方案上：</p>
          <ul>{others.map(line)}</ul>
          <Checkbox checked={withDoubts} onChange={(event) => setWithDoubts(event.target.checked)}>
            带疑问下达
          </Checkbox>
        </>
      ) : null}
    </Modal>
  );
}
