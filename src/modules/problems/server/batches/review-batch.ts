import { randomUUID } from 'node:crypto';
import type { Static } from 'typebox';
import type { Day } from '../../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../../kernel/refusal.ts';
import type { Act } from '../../../../platform/act.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { enterpriseInSight } from '../../../enterprises/server/door.ts';
import { adoptedPlans } from '../../../plans/server/door.ts';
import { rememberAlias, unitsByIds } from '../../../units/server/door.ts';
import type { BatchOperation } from '../../api-batches.ts';
import { type BatchDraft, type BatchLine, draftOf, numberOf, pointKinds, refuseUnless, titleOf } from '../../batch.ts';
import type { FeedbackLine } from '../../feedback.ts';
import { lockProblem } from '../store.ts';
import { sectorOfText } from './sectors.ts';
import { type BatchRow, insertLines, lockBatch, saveBatch, saveLine, shiftLines, textOf } from './store.ts';
import { readLines, viewBatch } from './view-batch.ts';

type Operation = Static<typeof BatchOperation>;
type Edit = Extract<Operation, { do: 'edit' }>;

/** One step of a review: saved, told in the list's history, and the whole list given back as it now stands. */
export async function reviewBatch(
  act: Act,
  id: string,
  body: { readonly version: number; readonly operation: Operation },
) {
  const batch = await lockBatch(act.db, act.scope, act.actor, id);
  const refused = refuseUnless(batch.state, ['reviewing'], '校核');
  if (refused) throw refused;
  if (batch.version !== body.version)
    throw notNow('在您打开之后，这份清单又有改动。请看最新内容后再操作。', { version: batch.version });
  const lines = await readLines(act, batch, { twins: false });
  const says = await apply(act, batch, lines, body.operation);
  await saveBatch(act.db, batch.jurisdiction, id, {});
  await announce(act, {
    item: { kind: 'problemBatch', id },
    kind: 'problemBatch.reviewed',
    says,
    data: { operation: body.operation },
  });
  return viewBatch(act, id);
}

const missing = () => notFound('没有找到这一条，它可能已被别人拆分或登记。请刷新后再试。');

function openLine(lines: readonly BatchLine[], id: string): BatchLine {
  const line = lines.find((one) => one.id === id);
  if (!line) throw missing();
  if (line.state === 'registered') throw notNow(`「${numberOf(line)}」已经登记，请到问题台账办理。`);
  return line;
}

const save = (act: Act, batch: BatchRow, line: BatchLine): Promise<void> =>
  saveLine(act.db, batch.jurisdiction, batch.id, line);

async function apply(act: Act, batch: BatchRow, lines: readonly BatchLine[], operation: Operation): Promise<string> {
  switch (operation.do) {
    case 'edit':
      return edit(act, batch, lines, operation);
    case 'settleMention': {
      const [unit] = operation.unitId === null ? [] : await unitsByIds(act.db, batch.jurisdiction, [operation.unitId]);
      if (operation.unitId !== null && !unit) throw notFound('没有找到这个单位。');
      const rest = batch.settled.filter((one) => one.text !== operation.text);
      const settled = [...rest, { text: operation.text, unitId: unit?.id ?? null, name: unit?.name ?? null }];
      await saveBatch(act.db, batch.jurisdiction, batch.id, { settled }, { quiet: true });
      if (operation.remember && unit) await rememberAlias(act, operation.text, { unitId: unit.id });
      return unit
        ? `「${operation.text}」即「${unit.name}」${operation.remember ? '，以后都认得' : ''}`
        : `「${operation.text}」不是单位，略去`;
    }
    case 'subjectIsUnit': {
      const rest = batch.settled.filter((one) => one.text !== operation.text);
      const settled = [...rest, { text: operation.text, unitId: null, name: null }];
      await saveBatch(act.db, batch.jurisdiction, batch.id, { settled }, { quiet: true });
      for (const line of lines) {
        const named = [...line.said.lead, ...line.said.co].some((one) => one.text === operation.text);
        if (named && line.state === 'open' && line.draft.subject === null)
          await save(act, batch, { ...line, draft: { ...line.draft, subject: operation.text } });
      }
      return `「${operation.text}」是企业，不是责任单位`;
    }
    case 'accept': {
      const line = openLine(lines, operation.line);
      if (pointKinds[operation.kind].blocks && !['sameInList', 'sameInLedger', 'saysClosed'].includes(operation.kind))
        throw notValid(`「${pointKinds[operation.kind].word}」须处理后才能登记，不能略过。`);
      const accepted = [...new Set([...line.draft.accepted, operation.kind])];
      await save(act, batch, { ...line, draft: { ...line.draft, accepted } });
      const what =
        operation.kind === 'saysClosed'
          ? '清单称已整改，仍按未整改登记'
          : `「${pointKinds[operation.kind].word}」已核对`;
      return `${numberOf(line)}：${what}`;
    }
    case 'discard': {
      if (operation.reason.trim() === '') throw notValid('请写明不登记的原因。');
      const chosen = operation.lines.map((id) => openLine(lines, id));
      for (const line of chosen)
        await save(act, batch, { ...line, state: 'discarded', reason: operation.reason.trim(), problemId: null });
      return `${chosen.map(numberOf).join('、')}不登记：${operation.reason.trim()}`;
    }
    case 'restore': {
      const line = openLine(lines, operation.line);
      await save(act, batch, { ...line, state: 'open', reason: null, problemId: null });
      return `${numberOf(line)}恢复登记`;
    }
    case 'merge': {
      const line = openLine(lines, operation.line);
      const problem = await lockProblem(act.db, act.scope, operation.problemId);
      await save(act, batch, { ...line, state: 'merged', problemId: problem.id, reason: `并入${problem.number}` });
      await announce(act, {
        item: { kind: 'problem', id: problem.id },
        kind: 'problem.listedAgain',
        says: `${batch.number}「${batch.title}」${numberOf(line)}再次指出本问题，并入本条。`,
        data: { batchId: batch.id, line: line.id, version: problem.version },
      });
      return `${numberOf(line)}并入${problem.number}「${problem.title}」`;
    }
    case 'split':
      return split(act, batch, openLine(lines, operation.line), operation.parts);
    case 'add':
      return add(act, batch, lines, operation.source);
    case 'head': {
      const { do: _, ...changes } = operation;
      if (changes.receivedOn && changes.receivedOn > act.day) throw notValid('收到日期晚于今天，请核对。');
      if (changes.planId && !(await adoptedPlans(act.db, act.scope)).some((plan) => plan.id === changes.planId))
        throw notFound('没有找到所选的专项方案，它应当已经采用。');
      await saveBatch(act.db, batch.jurisdiction, batch.id, changes, { quiet: true });
      return '修改清单的来文信息';
    }
  }
}

const fieldWords: Readonly<Record<keyof Edit['changes'], string>> = {
  kind: '类别',
  title: '标题',
  text: '问题描述',
  subject: '企业（场所）',
  enterpriseId: '企业档案',
  address: '地址',
  sector: '行业领域',
  grade: '等级',
  leadUnitId: '责任单位',
  coUnitIds: '配合单位',
  supervisingUnitId: '督办单位',
  person: '责任人',
  measures: '整改措施',
  dueOn: '整改时限',
  foundOn: '发现日期',
  finder: '发现人',
};

async function edit(act: Act, batch: BatchRow, lines: readonly BatchLine[], operation: Edit): Promise<string> {
  const { changes } = operation;
  const ids = [changes.leadUnitId, changes.supervisingUnitId, ...(changes.coUnitIds ?? [])].filter(
    (id) => id !== null && id !== undefined,
  );
  const units = await unitsByIds(act.db, batch.jurisdiction, ids);
  if (new Set(ids).size !== units.length) throw notFound('所选单位中有的不在本地区，请重新选择。');
  if (changes.dueOn && changes.dueOn < act.day) throw notValid(`整改时限${changes.dueOn}早于今天，请另定一天。`);
  if (changes.foundOn && changes.foundOn > act.day) throw notValid(`发现日期${changes.foundOn}晚于今天，请核对。`);
  const enterprise = changes.enterpriseId ? await enterpriseInSight(act.db, act.scope, changes.enterpriseId) : null;
  if (changes.enterpriseId && !enterprise) throw notFound('没有找到这家企业，或者它不在您能查看的范围内。');
  const chosen = operation.lines.map((id) => openLine(lines, id));
  for (const line of chosen) {
    const { draft } = line;
    const text = changes.text ?? draft.text;
    const retitled = changes.text !== undefined && changes.title === undefined && draft.title === titleOf(draft.text);
    const next: BatchDraft = {
      ...draft,
      ...(changes as Partial<BatchDraft>),
      text,
      title: (changes.title ?? (retitled ? titleOf(text) : draft.title)).trim(),
      dueOn: changes.dueOn === undefined ? draft.dueOn : (changes.dueOn as Day | null),
      foundOn: changes.foundOn === undefined ? draft.foundOn : (changes.foundOn as Day | null),
      ...(changes.enterpriseId === undefined
        ? {}
        : { enterpriseId: enterprise?.id ?? null, enterpriseName: enterprise?.name ?? null }),
      ...(enterprise ? { subject: draft.subject ?? enterprise.name, sector: draft.sector ?? enterprise.sector } : {}),
    };
    await save(act, batch, { ...line, draft: next });
  }
  const what = (Object.keys(changes) as (keyof Edit['changes'])[]).map((key) => fieldWords[key]).join('、');
  return chosen.length === 1 && chosen[0] ? `修改${numberOf(chosen[0])}的${what}` : `修改${chosen.length}条的${what}`;
}

async function split(act: Act, batch: BatchRow, line: BatchLine, parts: readonly string[]): Promise<string> {
  const texts = parts.map((part) => part.trim());
  if (texts.some((text) => text === '')) throw notValid('拆出的每一条都要有内容。');
  const [first = '', ...rest] = texts;
  const draftFor = (text: string): BatchDraft => ({
    ...line.draft,
    text,
    title: titleOf(text),
    accepted: [...line.draft.accepted, 'several'],
  });
  await save(act, batch, { ...line, draft: draftFor(first) });
  await shiftLines(act.db, batch.jurisdiction, batch.id, line.position, rest.length);
  await insertLines(
    act.db,
    batch.jurisdiction,
    batch.id,
    rest.map((text, index) => ({
      id: randomUUID(),
      position: line.position + index + 1,
      said: line.said,
      draft: draftFor(text),
    })),
  );
  return `${numberOf(line)}拆成${texts.length}条`;
}

async function add(
  act: Act,
  batch: BatchRow,
  lines: readonly BatchLine[],
  source: { readonly start: number; readonly end: number },
): Promise<string> {
  const kept = await textOf(act.db, batch.jurisdiction, batch.id);
  const text = kept?.document.text.slice(source.start, source.end).trim() ?? '';
  if (!kept || text === '' || text.length > 4000) throw notValid('请在原文中选中一条问题的文字（不超过4000字）。');
  const said: FeedbackLine = {
    ...{
      place: '手工选取',
      originalNumber: null,
      path: [],
      source,
      row: null,
      text: { text, source },
      subject: null,
      address: null,
    },
    ...{
      area: null,
      category: null,
      grade: null,
      lead: [],
      co: [],
      supervising: null,
      unitFrom: null,
      person: null,
      measures: null,
    },
    ...{
      due: kept.feedback.head.due ? { ...kept.feedback.head.due, common: true } : null,
      found: null,
      finder: null,
      status: null,
    },
    ...{ note: null, several: [] },
  };
  const before = lines.filter((line) => line.said.source.start <= source.start).at(-1)?.position ?? 0;
  await shiftLines(act.db, batch.jurisdiction, batch.id, before, 1);
  const draft = draftOf(said, kept.feedback.head, sectorOfText);
  await insertLines(act.db, batch.jurisdiction, batch.id, [{ id: randomUUID(), position: before + 1, said, draft }]);
  return `从原文新增一条「${draft.title}」`;
}
