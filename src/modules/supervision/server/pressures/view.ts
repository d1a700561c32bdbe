import { sql } from 'kysely';
import type { ResponseOf } from '../../../../kernel/contract.ts';
import { daysBetween } from '../../../../kernel/day.ts';
import type { Reading } from '../../../../platform/act.ts';
import { issuedOf, knownLetterhead } from '../../../letters/server/door.ts';
import { taskLifecycle } from '../../../tasks/lifecycle.ts';
import { tasksByIds } from '../../../tasks/server/door.ts';
import type { pressuresApi } from '../../api-pressures.ts';
import { type Attendee, asksReply, type Commitment, isOutward, pressureWords } from '../../pressure.ts';
import { pressureForms } from '../../pressure-documents.ts';
import { pressureActions, pressureLifecycle } from '../../pressure-lifecycle.ts';
import { ruleInWords } from '../../pressure-rule.ts';
import { judgePressure } from '../../pressure-situation.ts';
import { lineOf, type SeenPressure, seen } from './lines.ts';
import { endedTask } from './step.ts';
import { commitmentsOf, itemsOf, ladderOf, type PressureRow, pressureById } from './store.ts';

type View = ResponseOf<typeof pressuresApi.viewPressure>;
type Entry = View['entries'][number];

const entryWords: Readonly<Record<Entry['kind'], string>> = {
  receipt: '签收',
  reply: '回复',
  returned: '退回回复',
  minutes: '约谈纪要',
  note: '跟踪情况',
  urging: '催办',
};

/** Who is next, in one sentence. */
function nextStep({ row, commitments, done }: SeenPressure): string {
  const outward = isOutward(row.kind);
  switch (row.state) {
    case 'suggested':
      return '等安委办决定是否采纳规则提示';
    case 'proposed':
      return '等分管领导或安委办（提请人以外的同志）审批';
    case 'approved':
      return row.kind === 'exposure' ? '等安委办发布并登记' : '等安委办印发送达';
    case 'served':
      return outward ? `等${row.addressee}签收，由安委办登记` : `等${row.unitName}签收`;
    case 'received':
      if (row.kind === 'interview') return '按通知约谈，由安委办登记到场情况和纪要';
      if (!asksReply(row.kind)) return '由安委办确认整改承诺，或者解除';
      return outward ? `等${row.addressee}反馈结果，由安委办登记` : `等${row.unitName}书面回复`;
    case 'replied':
      return outward ? '由安委办了结' : '由安委办确认整改承诺、退回回复，或者解除';
    case 'tracking':
      return done === commitments ? '整改承诺都已办结，由安委办解除' : `整改承诺还有${commitments - done}条没有办结`;
    default:
      return '已经了结';
  }
}

/** Everything that the page of a measure shows, with each action and, where it may not be taken, the reason. */
export async function view(reading: Reading, id: string): Promise<View> {
  const { db, day, actor } = reading;
  const reader = { scope: reading.scope, actor };
  const row = await pressureById(db, reader, id);
  const [one] = await seen(reading, [row]);
  if (!one) throw new Error('a measure that was found is not seen');
  const own = row.jurisdiction === actor.jurisdiction;
  const offers = pressureActions.map((action) => {
    const verdict = judgePressure(row, actor, action, day, null, one.commitments - one.done);
    const says = !own ? '这是下级政府的督促措施，只能查看。' : verdict.may ? '' : verdict.refusal.says;
    return { action, label: pressureLifecycle.actions[action], may: own && verdict.may, says };
  });
  const head = await knownLetterhead(db, row.jurisdiction);
  const ladder = await ladderOf(db, reader, row);
  return {
    pressure: lineOf(one, day),
    reason: row.reason,
    demands: [...row.demands],
    proposedOn: row.proposedOn,
    proposedUnitName: row.proposedUnitName,
    nextStep: nextStep(one),
    decision:
      row.decision === null
        ? null
        : {
            approved: row.decision === 'approved',
            on: row.decidedOn ?? '',
            byName: row.decidedByName ?? '',
            byPost: row.decidedByPost,
            opinion: row.opinion ?? '',
            recordedByName: row.recordedByName,
          },
    ground: await groundOf(reading, one),
    meeting:
      row.meetOn === null
        ? null
        : { on: row.meetOn, at: row.meetAt ?? '', place: row.meetPlace ?? '', host: row.meetHost ?? '' },
    publication: row.publishedOn === null ? null : { medium: row.medium ?? '', on: row.publishedOn, link: row.link },
    receivedOn: row.receivedOn,
    receivedByName: row.receivedByName,
    keepers: row.keepers.map((keeper) => ({ ...keeper })),
    ladder:
      ladder.length < 2
        ? []
        : ladder.map((rung) => ({
            id: rung.id,
            number: rung.number,
            kindWord: pressureWords[rung.kind],
            state: rung.state,
            rung: rung.rung,
          })),
    commitments: await commitmentLines(reading, row),
    documents: await issuedOf(db, row.jurisdiction, { kind: 'pressure', id: row.id }, Object.values(pressureForms)),
    ...(await detailsOf(reading, row)),
    offers,
    usual: { copies: head?.copies ?? '', host: '', demands: [...row.demands] },
  };
}

async function groundOf(reading: Reading, { row, ground }: SeenPressure): Promise<View['ground']> {
  if (!ground) return null;
  const items = (await itemsOf(reading.db, row.jurisdiction, [row.id])).get(row.id) ?? [];
  if (ground.rule === null && items.length === 0) return null;
  const { rule } = ground;
  return {
    day: ground.day,
    figure: ground.figure,
    says: [...ground.says],
    sha256: ground.sha256,
    rule: rule && { name: rule.name, basis: rule.basis, version: rule.version, words: ruleInWords(rule) },
    items: items.map((item) => ({ ...item })),
  };
}

async function commitmentLines(reading: Reading, row: PressureRow): Promise<View['commitments']> {
  const rows = await commitmentsOf(reading.db, [row.jurisdiction], [row.id]);
  const lines = new Map(
    (
      await tasksByIds(
        reading.db,
        { jurisdictions: reading.scope.jurisdictions, units: 'all' },
        rows.map((one) => one.taskId),
        reading.day,
      )
    ).map((line) => [line.id, line]),
  );
  return rows.map((one) => {
    const line = lines.get(one.taskId);
    const done = line !== undefined && endedTask.has(line.state);
    return {
      text: one.text,
      dueOn: one.dueOn,
      taskId: one.taskId,
      taskNumber: one.taskNumber,
      stateWord: line ? taskLifecycle.states[line.state] : '',
      done,
      late: done ? 0 : Math.max(0, daysBetween(one.dueOn, reading.day)),
    };
  });
}

/** What lies in the tables beside the measure. */
async function detailsOf(reading: Reading, row: PressureRow): Promise<Pick<View, 'entries' | 'files' | 'facts'>> {
  const { db } = reading;
  const item = sql`jurisdiction = ${row.jurisdiction} and item_kind = 'pressure' and item_id = ${row.id}`;
  const [entries, files, facts] = await Promise.all([
    sql<
      Omit<Entry, 'word' | 'attendees' | 'promised'> & {
        data: { attendees?: Attendee[]; promised?: Commitment[] } | null;
      }
    >`select id, kind, day, by_name as "byName", unit_name as "unitName", text, data, file_ids as "fileIds"
      from pressure_entry where jurisdiction = ${row.jurisdiction} and pressure_id = ${row.id}
      order by at desc, id limit 500`.execute(db),
    sql<View['files'][number]>`select id, name, size::int as size, type from file where ${item}
      order by uploaded_at, id limit 500`.execute(db),
    sql<Omit<View['facts'][number], 'at'> & { at: Date }>`select seq, at, day, kind, says, actor_name as "actorName",
      unit_name as "unitName" from fact where ${item} order by seq desc limit 500`.execute(db),
  ]);
  return {
    entries: entries.rows.map(({ data, ...one }) => ({
      ...one,
      word: entryWords[one.kind],
      attendees: data?.attendees ?? [],
      promised: data?.promised ?? [],
    })),
    files: files.rows,
    facts: facts.rows.map((one) => ({ ...one, at: one.at.toISOString() })),
  };
}
