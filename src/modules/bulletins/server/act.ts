import { sql } from 'kysely';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { Chosen } from '../situation.ts';
import { flawsOfText, type Section, typedFigures } from '../text.ts';
import { type Done, decide, finish, load, type Seen, told, withHand } from './step.ts';

/** 修改文字: the words of each part and the stories chosen. A figure that the snapshot does not have is refused. */
export async function edit(
  act: Act,
  input: Seen & {
    readonly sections: readonly Section[];
    readonly chosen: readonly Chosen[];
    readonly addressee: string;
    readonly copies: string;
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { bulletin, kept } = loaded;
  const sections = input.sections.map(({ key, text }) => ({
    key,
    text: text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n'),
  }));
  // the words as they were may be unsound (a form's own requests): what counts is what is put in their place
  decide(
    act,
    {
      ...loaded,
      bulletin: { ...bulletin, sections: bulletin.state === 'draft' ? [...sound(loaded)] : bulletin.sections },
    },
    'edit',
  );
  const flaws = [
    ...flawsOfText(sections, kept.snapshot),
    ...(['addressee', 'copies'] as const).flatMap((field) =>
      typedFigures(input[field]).map((says) => ({ where: `body.${field}`, says })),
    ),
  ];
  if (flaws.length > 0) throw notValid(flaws.map((flaw) => flaw.says).join('\n'), flaws);
  const chosen = input.chosen.map(({ filingId, at, kind }) => ({ filingId, at, kind }));
  for (const pick of chosen)
    if (
      !kept.snapshot.stories.some(
        (one) => one.filingId === pick.filingId && one.at === pick.at && one.kind === pick.kind,
      )
    )
      throw notValid('选登的材料不在这一期的报送里，请重新选择。', [{ where: 'body.chosen', says: '不在快照里' }]);
  await sql`
    insert into bulletin_edit (jurisdiction, bulletin_id, no, sections, chosen, by_id, by_name, at)
    select ${bulletin.jurisdiction}, ${bulletin.id}, coalesce(max(no), 0) + 1, ${JSON.stringify(sections)}::jsonb,
      ${JSON.stringify(chosen)}::jsonb, ${act.actor.accountId}, ${who(act)}, ${act.now}
    from bulletin_edit where jurisdiction = ${bulletin.jurisdiction} and bulletin_id = ${bulletin.id}`.execute(act.db);
  return finish(
    act,
    bulletin,
    {
      sections,
      chosen,
      addressee: input.addressee.trim(),
      copies: input.copies.trim(),
      hands: withHand(act, bulletin),
    },
    'bulletin.edited',
    `${told(act, bulletin, '修改')}的文字。`,
  );
}
/** Nothing in the words that could be refused: stands in for words that are about to be replaced. */
const sound = ({ kept }: Awaited<ReturnType<typeof load>>): readonly Section[] =>
  kept.snapshot.form.sections.map((key) => ({ key, text: '' }));

/** 送审. */
export async function submit(act: Act, input: Seen): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'submit');
  const { bulletin } = loaded;
  return finish(
    act,
    bulletin,
    {
      state,
      hands: withHand(act, bulletin),
      submittedBy: act.actor.accountId,
      submittedByName: who(act),
      submittedOn: act.day,
      approvedBy: null,
      approvedByName: null,
      approvedOn: null,
      opinion: null,
    },
    'bulletin.submitted',
    `${told(act, bulletin, '将')}送审。`,
  );
}

/** 撤回送审, by who sent it. */
export async function takeBack(act: Act, input: Seen): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'takeBack');
  return finish(act, loaded.bulletin, { state }, 'bulletin.takenBack', `${told(act, loaded.bulletin, '撤回')}的送审。`);
}

/** 审批 by another person; the words that are approved are those that are issued. */
export async function approve(act: Act, input: Seen & { readonly opinion: string }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'approve', { opinion: input.opinion });
  return finish(
    act,
    loaded.bulletin,
    {
      state,
      approvedBy: act.actor.accountId,
      approvedByName: who(act),
      approvedOn: act.day,
      opinion: input.opinion.trim(),
    },
    'bulletin.approved',
    `${told(act, loaded.bulletin, '批准')}，意见：${input.opinion.trim()}。`,
    { sha256: loaded.kept.sha256 },
  );
}

/** 退回修改. */
export async function sendBack(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'sendBack', { reason: input.reason });
  const says = `${told(act, loaded.bulletin, '退回')}，理由：${input.reason.trim()}。`;
  return finish(act, loaded.bulletin, { state }, 'bulletin.sentBack', says);
}

/** 作废: the period may then be counted anew. */
export async function voidBulletin(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'void', { reason: input.reason });
  const says = `${told(act, loaded.bulletin, '作废')}，理由：${input.reason.trim()}。`;
  return finish(act, loaded.bulletin, { state }, 'bulletin.voided', says);
}

/** 申请公开发布: where and why. */
export async function askPublish(
  act: Act,
  input: Seen & { readonly channel: string; readonly reason: string },
): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'askPublish', input);
  const channel = input.channel.trim();
  return finish(
    act,
    loaded.bulletin,
    {
      state,
      publishAsked: {
        accountId: act.actor.accountId,
        personId: act.actor.personId,
        name: who(act),
        on: act.day,
        channel,
        reason: input.reason.trim(),
      },
    },
    'bulletin.publishAsked',
    `${told(act, loaded.bulletin, '申请公开')}，发布渠道：${channel}，理由：${input.reason.trim()}。`,
  );
}

/** 批准公开发布, by another person than the one who asked. */
export async function approvePublish(act: Act, input: Seen & { readonly opinion: string }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'approvePublish', { opinion: input.opinion });
  return finish(
    act,
    loaded.bulletin,
    { state, publishedOn: act.day, publishedByName: who(act) },
    'bulletin.published',
    `${told(act, loaded.bulletin, '批准公开')}，渠道：${loaded.bulletin.publishAsked?.channel ?? ''}，意见：${input.opinion.trim()}。`,
  );
}

/** 不同意公开发布. */
export async function refusePublish(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'refusePublish', { reason: input.reason });
  const says = `${told(act, loaded.bulletin, '不同意公开')}，理由：${input.reason.trim()}。`;
  return finish(act, loaded.bulletin, { state, publishAsked: null }, 'bulletin.publishRefused', says);
}
