import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { type Day, daysBetween } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { notAllowed, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { issueDocument, issuedOf, letterheadOf } from '../../letters/server/door.ts';
import type { dutiesApi } from '../api-duties.ts';
import { meetingForms } from '../documents.ts';
import { letterLifecycle } from '../letter-lifecycle.ts';
import {
  judgeLetter,
  type LetterGiven,
  letterUnmet,
  type Party,
  type Relation,
  type ResponsibilityLetter,
  resultOn,
  type Standing,
  type TargetResult,
} from '../responsibility.ts';
import type { Target } from '../shapes.ts';
import { type Done, recordOf, type Seen } from './cases.ts';
import { dayIn, filesOf, led, namesOf, paragraphs } from './from-form.ts';
import { type KeptLetter, responsibilityLetters as letters } from './kinds.ts';
import { standingsOf } from './targets.ts';
import { offersOf } from './views.ts';

/** What a letter says. */
export interface LetterText {
  readonly relation: Relation;
  readonly title: string;
  readonly year: number;
  readonly partyA: Party;
  readonly partyB: Party;
  readonly targets: readonly Target[];
  readonly duties: readonly string[];
}

async function sound(act: Act, text: LetterText) {
  const names = await namesOf(act, [text.partyA.unitId, text.partyB.unitId], 'body.partyB');
  const party = (one: Party): Party => ({
    unitId: one.unitId,
    unitName: (one.unitId === null ? one.unitName : (names.get(one.unitId) ?? one.unitName)).trim(),
    signer: one.signer.trim(),
    post: one.post.trim(),
  });
  const title = text.title.trim();
  if (title.length < 4) throw notValid('请写明责任书的名称。', [{ where: 'body.title', says: '请写明名称' }]);
  return {
    relation: text.relation,
    title,
    partyA: party(text.partyA),
    partyB: party(text.partyB),
    targets: text.targets.map((one) => ({ ...one, name: one.name.trim(), unit: one.unit.trim() })),
    duties: paragraphs(text.duties),
  };
}
const unitsOf = (body: Pick<ResponsibilityLetter, 'partyA' | 'partyB'>) => [body.partyA.unitId, body.partyB.unitId];

/** 拟定责任书. */
export async function makeLetter(act: Act, input: LetterText): Promise<Done> {
  if (!hasRole(act.actor, 'officer')) throw notAllowed('责任书应由安委办工作人员拟定，您不在其列。');
  const body: ResponsibilityLetter = {
    ...(await sound(act, input)),
    printedOn: null,
    paperNumber: null,
    signedOn: null,
    registeredOn: null,
    signedFileIds: [],
    endedOn: null,
    results: [],
  };
  const missing = letterUnmet(body, act.day, null).filter((need) => need !== 'handTarget');
  if (missing.length > 0) throw notValid(missing.map((need) => letterLifecycle.needs[need]).join('；'));
  const made = await letters.make(
    act,
    { state: 'letterDrafted', on: act.day, year: input.year, units: unitsOf(body), body },
    {
      kind: 'responsibilityLetter.drafted',
      says: (number) =>
        `${who(act)}拟定${input.year}年责任书${number}：${body.partyA.unitName}与${body.partyB.unitName}`,
    },
  );
  return { id: made.id, number: made.number, version: 1, state: made.state };
}

const decide = (act: Act, one: KeptLetter, action: Parameters<typeof judgeLetter>[2], given: LetterGiven) =>
  led(judgeLetter(one, act.actor, action, act.day, given));

export async function editLetter(act: Act, input: Seen & LetterText): Promise<Done> {
  const one = await letters.load(act, input);
  const body = await sound(act, input);
  if (input.year !== one.year)
    throw notValid(`这份责任书是${one.year}年的，换年度请另拟一份。`, [{ where: 'body.year', says: '年度不能改' }]);
  const state = decide(act, one, 'editLetter', body);
  return letters.save(
    act,
    one,
    { state, units: unitsOf(body), body: { ...body, printedOn: null, paperNumber: null } },
    { kind: 'responsibilityLetter.edited', says: `${who(act)}修改责任书` },
  );
}

/** 印制: a numbered document to be signed by both. */
export async function printLetter(act: Act, input: Seen): Promise<Done> {
  const one = await letters.load(act, input);
  const { body } = one;
  const state = decide(act, one, 'printLetter', {});
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const issued = await issueDocument(
    act,
    head,
    { kind: letters.kind, id: one.id, title: body.title },
    meetingForms.responsibility,
    {
      责任书名称: body.title,
      责任书编号: one.number,
      年度: `${one.year}年`,
      甲方: body.partyA.unitName,
      乙方: body.partyB.unitName,
      甲方签字人: `${body.partyA.signer}（${body.partyA.post}）`,
      乙方签字人: `${body.partyB.signer}（${body.partyB.post}）`,
      目标: body.targets.map((target, at) => ({
        序号: at + 1,
        名称: target.name,
        要求: `${target.bound === 'atMost' ? '不超过' : '不低于'}${target.value}${target.unit}`,
      })),
      职责: body.duties.length > 0 ? body.duties.map((duty, at) => `（${at + 1}）${duty}`) : ['履行法定安全生产职责。'],
    },
  );
  return letters.save(
    act,
    one,
    { state, on: act.day, body: { printedOn: act.day, paperNumber: issued.number } },
    {
      kind: 'responsibilityLetter.printed',
      says: `${who(act)}印制责任书${issued.number}`,
      data: { document: issued.number },
    },
  );
}

/** 登记签订: who signed on which day, with the scan. */
export async function signLetter(
  act: Act,
  input: Seen & {
    readonly signedOn: string;
    readonly signerA: string;
    readonly signerB: string;
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const one = await letters.load(act, input);
  const signedOn = dayIn(input.signedOn, 'body.signedOn');
  const signedFileIds = await filesOf(act, letters.kind, one.id, input.fileIds);
  const state = decide(act, one, 'signLetter', { ...input, fileIds: signedFileIds });
  return letters.save(
    act,
    one,
    { state, body: { signedOn, registeredOn: act.day, signedFileIds } },
    {
      kind: 'responsibilityLetter.signed',
      says: `${who(act)}登记责任书于${signedOn}由${one.body.partyA.signer}、${one.body.partyB.signer}签订`,
      data: { signedOn },
    },
  );
}

/** 登记目标结果: of a target that no ledger tells, with evidence; what was entered before stays. */
export async function recordResult(
  act: Act,
  input: Seen & {
    readonly target: number;
    readonly value: number;
    readonly upTo: string;
    readonly note: string;
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const one = await letters.load(act, input);
  const { target, value } = input;
  const upTo = dayIn(input.upTo, 'body.upTo');
  const fileIds = await filesOf(act, letters.kind, one.id, input.fileIds);
  const state = decide(act, one, 'recordResult', { result: { target, value, upTo }, fileIds });
  const asked = one.body.targets[target];
  const own = act.actor.unitId !== null && act.actor.unitId === one.body.partyB.unitId;
  const result: TargetResult = {
    target,
    value,
    upTo,
    note: input.note.trim(),
    fileIds,
    byName: act.actor.name,
    byUnitName: act.actor.unitName ?? '',
    own,
    on: act.day,
  };
  return letters.save(
    act,
    one,
    { state, body: { results: [...(one.body.results ?? []), result] } },
    {
      kind: 'responsibilityLetter.resultRecorded',
      says: `${who(act)}登记目标“${asked?.name ?? ''}”截至${upTo}的结果：${value}${asked?.unit ?? ''}`,
      data: { target, value, upTo },
    },
  );
}

export async function endLetter(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const one = await letters.load(act, input);
  const state = decide(act, one, 'endLetter', input);
  return letters.save(
    act,
    one,
    { state, body: { endedOn: act.day } },
    { kind: 'responsibilityLetter.ended', says: `${who(act)}终止责任书：${input.reason.trim()}` },
  );
}

export async function withdrawLetter(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const one = await letters.load(act, input);
  const state = decide(act, one, 'withdrawLetter', input);
  return letters.save(
    act,
    one,
    { state },
    { kind: 'responsibilityLetter.withdrawn', says: `${who(act)}撤销责任书：${input.reason.trim()}` },
  );
}

const unsigned = (one: KeptLetter): boolean => one.state === 'letterDrafted' || one.state === 'toSign';

export async function listLetters(
  reading: Reading,
  query: { readonly year?: number; readonly only?: 'unsigned' | 'signed' },
): Promise<ResponseOf<typeof dutiesApi.listLetters>> {
  const all = await letters.list(reading.db, reading.scope);
  const years = [...new Set(all.map((one) => one.year))].sort((a, b) => b - a);
  const year = query.year ?? years[0];
  const ofYear = all.filter((one) => one.year === year && one.state !== 'letterWithdrawn');
  const rows = ofYear.filter((one) => query.only === undefined || unsigned(one) === (query.only === 'unsigned'));
  const standings = new Map<string, readonly Standing[]>();
  for (const jurisdiction of new Set(rows.map((one) => one.jurisdiction))) {
    const own = rows.filter((one) => one.jurisdiction === jurisdiction && one.state === 'signed');
    const whole = { jurisdictions: [asJurisdiction(jurisdiction)], units: 'all' as const };
    const found =
      own.length === 0 || year === undefined
        ? new Map()
        : await standingsOf(reading.db, whole, { letters: own, year, day: reading.day, today: reading.day });
    for (const [id, of] of found) standings.set(id, of);
  }
  return {
    rows: rows
      .sort((a, b) => Number(unsigned(b)) - Number(unsigned(a)) || a.number.localeCompare(b.number))
      .map((one) => ({
        id: one.id,
        number: one.number,
        state: one.state,
        year: one.year,
        relation: one.body.relation,
        title: one.body.title,
        partyA: one.body.partyA.unitName,
        partyB: one.body.partyB.unitName,
        signerB: one.body.partyB.signer,
        targets: one.body.targets.length,
        missed: (standings.get(one.id) ?? []).filter((standing) => standing.met === false).length,
        unknown: (standings.get(one.id) ?? []).filter((standing) => standing.by === 'hand' && standing.value === null)
          .length,
        signedOn: one.body.signedOn,
        unsignedDays: unsigned(one) ? daysBetween(one.on as Day, reading.day) : null,
        version: one.version,
      })),
    all: ofYear.length,
    signed: ofYear.filter((one) => one.body.signedOn !== null).length,
    unsigned: ofYear.filter(unsigned).length,
    years,
  };
}

export async function viewLetter(reading: Reading, id: string): Promise<ResponseOf<typeof dutiesApi.viewLetter>> {
  const { db, actor, day } = reading;
  const one = await letters.byId(db, reading.scope, id);
  const { body, jurisdiction } = one;
  const whole = { jurisdictions: [asJurisdiction(jurisdiction)], units: 'all' as const };
  const until = body.endedOn !== null && body.endedOn < day ? (body.endedOn as Day) : day;
  const [record, documents, standings] = await Promise.all([
    recordOf(db, jurisdiction, letters.kind, one.id),
    issuedOf(db, jurisdiction, { kind: letters.kind, id: one.id }, Object.values(meetingForms)),
    standingsOf(db, whole, { letters: [one], year: one.year, day: until, today: day }),
  ]);
  const shown = body.signedOn === null ? [] : (standings.get(one.id) ?? []);
  const unknown = shown.filter((standing) => standing.by === 'hand' && standing.value === null).length;
  const next: Readonly<Record<KeptLetter['state'], string>> = {
    letterDrafted: '核对目标，印制责任书',
    toSign: `等${body.partyA.signer}、${body.partyB.signer}签字，然后登记签订、上传扫描件`,
    signed: unknown > 0 ? `目标计入${one.year}年考核；还有${unknown}项目标没有登记结果` : `目标计入${one.year}年考核`,
    letterEnded: '已经终止',
    letterWithdrawn: '已经撤销',
  };
  return {
    id: one.id,
    jurisdiction,
    number: one.number,
    version: one.version,
    state: one.state,
    nextStep: next[one.state],
    offers: offersOf(letterLifecycle, actor, jurisdiction, (action) => judgeLetter(one, actor, action, day, null)),
    ...record,
    relation: body.relation,
    title: body.title,
    year: one.year,
    partyA: body.partyA,
    partyB: body.partyB,
    targets: [...body.targets],
    standings: shown.map(({ value, met, by, says, parts }, at) => {
      const result = by === 'hand' ? resultOn(body, at, until) : null;
      return {
        value,
        met,
        by,
        says,
        parts: parts.map((part) => ({ ...part })),
        note: result?.note ?? '',
        fileIds: [...(result?.fileIds ?? [])],
      };
    }),
    duties: [...body.duties],
    printedOn: body.printedOn,
    paperNumber: body.paperNumber,
    signedOn: body.signedOn,
    registeredOn: body.registeredOn,
    signedFileIds: [...body.signedFileIds],
    documents,
  };
}
