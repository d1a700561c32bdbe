import { sql } from 'kysely';
import type { Act } from '../../../platform/act.ts';
import { ownFiles, who } from '../../../platform/case.ts';
import type { RectificationPlan } from '../listing.ts';
import { planParts, planWords } from '../listing.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

export const strangeFile = '有附件没有上传到这件挂牌督办，请重新上传后再提交。';

/** 报送整改方案, all six parts of it. */
export async function filePlan(
  act: Act,
  input: Seen & { readonly plan: RectificationPlan; readonly fileIds?: readonly string[] },
): Promise<Done> {
  const loaded = await load(act, input);
  const { listing } = loaded;
  const fileIds = await ownFiles(act, { kind: 'listing', id: listing.id }, input.fileIds ?? [], strangeFile);
  const plan = Object.fromEntries(planParts.map((part) => [part, input.plan[part].trim()])) as Record<
    (typeof planParts)[number],
    string
  >;
  const state = decide(act, loaded, 'filePlan', { plan });
  await sql`update listing set plan_file_ids = ${fileIds}::uuid[], plan_filed_by_name = ${act.actor.name}
    where jurisdiction = ${act.actor.jurisdiction} and id = ${listing.id}`.execute(act.db);
  const saved = await save(act, listing, { state, plan, planFiledOn: act.day });
  return tell(
    act,
    listing,
    saved,
    'listing.planFiled',
    `${who(act)}报送整改方案（${planParts.map((part) => planWords[part]).join('、')}）。`,
    { plan, fileIds },
  );
}

/** 备案, or sent back with what is lacking; by the listing side. */
export async function decidePlan(
  act: Act,
  input: Seen & { readonly approve: boolean; readonly opinion: string },
): Promise<Done> {
  const loaded = await load(act, input);
  const { listing } = loaded;
  const opinion = input.opinion.trim();
  const state = decide(act, loaded, input.approve ? 'recordPlan' : 'returnPlan', { reason: opinion });
  const saved = await save(
    act,
    listing,
    input.approve ? { state, planRecordedOn: act.day } : { state, planFiledOn: null },
  );
  return input.approve
    ? tell(
        act,
        listing,
        saved,
        'listing.planRecorded',
        `${who(act)}对整改方案予以备案${opinion ? `：${opinion}` : '。'}`,
      )
    : tell(act, listing, saved, 'listing.planReturned', `${who(act)}退回整改方案：${opinion}`, { reason: opinion });
}
