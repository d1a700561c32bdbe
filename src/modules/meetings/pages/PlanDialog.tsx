import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { Choose } from './fields.tsx';
import { PlanFields } from './MeetingFields.tsx';
import { type MeetingDraft, planOf } from './meeting-forms.ts';
import { api, type ObligationRow } from './meetings-client.ts';

const form: CaseForm<'obligation' | 'plan', MeetingDraft, null> = {
  fields: ['obligation', 'plan'],
  call: caseCall(api.planMeeting),
  body: (draft) => ({ obligationId: draft.obligationId, ...planOf(draft) }),
  wide: true,
  says: '计划之后先确定议题，再印发通知。',
};

const NONE = 'none';

/** 计划会议: for an obligation, whose convener and attendees are filled in, or for its own sake. */
export function PlanDialog({ obligations, onClose }: { obligations: readonly ObligationRow[]; onClose: () => void }) {
  const { today, actor } = useSession();
  const open = obligations.filter((one) => one.fromOn <= today && (one.toOn === null || today <= one.toOn));
  const choose = (id: string): Partial<MeetingDraft> => {
    const one = open.find((row) => row.id === id);
    if (!one) return { obligationId: null };
    return {
      obligationId: one.id,
      name: one.name,
      convener: one.convener,
      convenerUnitId: one.convenerUnitId,
      attendees: one.attendeeUnitIds.map((unitId) => ({
        unitId,
        unitName: '',
        name: '',
        post: '',
        came: null,
        note: '',
      })),
    };
  };
  return (
    <CaseDialog<'obligation' | 'plan', MeetingDraft, null>
      form={form}
      view={null}
      id=""
      keep="meeting.plan"
      word="计划会议"
      subject="新的会议"
      begin={{
        obligationId: null,
        name: '',
        on: null,
        time: '9:00',
        place: '',
        chair: '',
        convenerUnitId: actor?.unitId ?? null,
        convener: actor?.unitName ?? '',
        attendees: [],
        agenda: [],
        heldOn: null,
        points: '',
        decisions: [],
        copies: '',
        reason: '',
        fileIds: [],
      }}
      fields={(draft, change) => (
        <>
          <Choose
            label="落实哪项会议要求"
            value={draft.obligationId ?? NONE}
            options={[
              { value: NONE, label: '不计入会议要求' },
              ...open.map((one) => ({ value: one.id, label: `${one.name}（${one.words}）` })),
            ]}
            onChange={(id) => change(choose(id))}
          />
          <PlanFields draft={draft} onChange={change} />
        </>
      )}
      onClose={onClose}
      onRefresh={() => {}}
    />
  );
}
