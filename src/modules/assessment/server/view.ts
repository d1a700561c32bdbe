import type { ResponseOf } from '../../../kernel/contract.ts';
import { parseDay } from '../../../kernel/day.ts';
import { notFound, notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { issuedOf } from '../../letters/server/door.ts';
import { taskLifecycle } from '../../tasks/lifecycle.ts';
import { tasksByIds } from '../../tasks/server/door.ts';
import type { assessmentApi } from '../api.ts';
import { assessmentForms } from '../documents.ts';
import { isLive, openToAll, type SchemeAction, schemeLifecycle } from '../lifecycle.ts';
import { ruleInWords } from '../scheme.ts';
import { losesPoints, workingOf } from '../sheet.ts';
import { judge } from '../situation.ts';
import { appealLines } from './appeals.ts';
import { factsShown, filesOfItem } from './cases.ts';
import { type Computed, computed, hashOfContent } from './compute.ts';
import {
  lineFrom,
  lineOf,
  schemesSeen,
  scorerUnitOf,
  seenUnits,
  seesAll,
  seesScheme,
  selfScoreOf,
  tableOf,
} from './lines.ts';
import { factsOf } from './step.ts';
import {
  type RectifiedRow,
  rectifiedOf,
  type SchemeRow,
  schemeById,
  snapshotsOf,
  unknownScheme,
  versionsOf,
} from './store.ts';

type Api = typeof assessmentApi;

/** The day of a query; null: none was asked. */
export function askedDay(reading: Reading, asOf: string | undefined) {
  if (asOf === undefined) return null;
  const day = parseDay(asOf);
  if (day === null) throw notValid(`没有“${asOf}”这一天，请重新选择。`, [{ where: 'query.asOf', says: '不是日期' }]);
  return day > reading.day ? reading.day : day;
}

/** A scheme that the reader may see. */
export async function schemeSeen(reading: Reading, id: string): Promise<SchemeRow> {
  const scheme = await schemeById(reading.db, { jurisdictions: [reading.actor.jurisdiction] }, id);
  if (!seesScheme(reading.actor, scheme)) throw unknownScheme();
  return scheme;
}

/** Who is assessed by what and what waits to be scored; null where the period has not begun. Asks no ledger. */
async function computedOrNull(reading: Reading, scheme: SchemeRow): Promise<Computed | null> {
  const versions = await versionsOf(reading.db, scheme);
  const begun = versions.some((one) => one.body.from <= reading.day);
  return begun ? computed(reading, scheme, null, versions, false) : null;
}

export const listSchemes = async (reading: Reading): Promise<ResponseOf<Api['listSchemes']>> => ({
  rows: await Promise.all((await schemesSeen(reading)).map((scheme) => lineOf(reading, scheme))),
});

const rolesOnly: readonly SchemeAction[] = ['fileSelf', 'score', 'appeal', 'rectify'];

export async function viewScheme(reading: Reading, id: string): Promise<ResponseOf<Api['viewScheme']>> {
  const { db, actor, day } = reading;
  const scheme = await schemeSeen(reading, id);
  const versions = await versionsOf(db, scheme);
  const all = await computedOrNull(reading, scheme);
  const { pending, body, facts, places } = await factsOf(db, scheme, versions, day, all);
  const office = seesAll(actor);
  const snapshots = office ? await snapshotsOf(db, scheme, true) : await snapshotsOf(db, scheme);
  const line = lineFrom(scheme, body, all?.units.length ?? (await lineOf(reading, scheme)).units);
  return {
    scheme: line,
    body: JSON.parse(JSON.stringify(body)),
    pending:
      pending === null || !office
        ? null
        : {
            body: JSON.parse(JSON.stringify(pending.body)),
            reason: pending.reason ?? '',
            byName: pending.draftedByName,
          },
    rules: body.indicators.map((one) => ({
      code: one.code,
      rule: ruleInWords(one),
      units: all?.units.filter((unit) => unit.indicators.some((indicator) => indicator.code === one.code)).length ?? 0,
    })),
    troubles: office ? [...places] : [],
    versions: versions
      .filter((one) => office || one.state === 'issued')
      .map(({ serial, state, fromOn, reason, draftedByName, issuedByName }) => ({
        serial,
        state,
        fromOn,
        reason,
        draftedByName,
        issuedByName,
      })),
    snapshots: snapshots.map((one) => ({
      serial: one.serial,
      day: one.day,
      hash: one.hash,
      intact: !office || hashOfContent(one.content) === one.hash,
      reason: one.reason,
      byName: one.byName,
      at: one.at.toISOString(),
    })),
    unscored: facts.unscored,
    selfFiled: all?.units.filter((unit) => unit.row?.selfOn).length ?? 0,
    vetoFinding: scheme.vetoFinding,
    documents:
      office || openToAll.includes(scheme.state)
        ? await issuedOf(db, scheme.jurisdiction, { kind: 'scheme', id }, Object.values(assessmentForms))
        : [],
    offers: (Object.keys(schemeLifecycle.actions) as SchemeAction[])
      .filter((action) => !rolesOnly.includes(action))
      .map((action) => {
        const verdict = judge(facts, actor, action, day, null, null);
        return {
          action,
          label: schemeLifecycle.actions[action],
          may: verdict.may,
          says: verdict.may ? '' : verdict.refusal.says,
        };
      }),
    facts: await factsShown(db, scheme.jurisdiction, 'scheme', id),
  };
}

export async function schemeTable(
  reading: Reading,
  id: string,
  asOf: string | undefined,
): Promise<ResponseOf<Api['schemeTable']>> {
  const scheme = await schemeSeen(reading, id);
  const all = await computed(reading, scheme, askedDay(reading, asOf));
  return tableOf(all, seenUnits(reading, scheme, all), scorerUnitOf(reading.actor));
}

export async function unitSheet(
  reading: Reading,
  id: string,
  unitId: string,
  asOf: string | undefined,
): Promise<ResponseOf<Api['unitSheet']>> {
  const { db, actor, day } = reading;
  const scheme = await schemeSeen(reading, id);
  const asked = askedDay(reading, asOf);
  const versions = await versionsOf(db, scheme);
  const all = await computed(reading, scheme, asked, versions);
  const unit = all.units.find((one) => one.unitId === unitId);
  if (!unit || !seenUnits(reading, scheme, all)(unitId))
    throw notFound('没有找到这个单位的考核表，或者它不在您能查看的范围内。');
  const { facts } = await factsOf(db, scheme, versions, day, all);
  const offer = (
    action: 'fileSelf' | 'score' | 'appeal' | 'rectify',
    scorer: string | null = null,
    line: { readonly lost?: boolean; readonly rectified?: boolean } = {},
  ) => {
    const scorerUnitId = scorer === null ? null : (all.scorers.get(scorer) ?? null);
    const verdict = judge(facts, actor, action, day, { unitId, scorerUnitId, ...line }, null);
    const may = verdict.may && asked === null;
    const past = '这是按过去某一天计算的得分，请回到今天再办理。';
    const says = verdict.may ? (may ? '' : past) : verdict.refusal.says;
    return { action, label: schemeLifecycle.actions[action], may, says };
  };
  const { row, standing } = unit;
  const files = row ? await filesOfItem(db, scheme.jurisdiction, 'scoreSheet', row.id) : [];
  const rectified = new Map(
    (row ? await rectifiedOf(db, scheme.jurisdiction, row.id) : []).map((one) => [one.code, one]),
  );
  const ids = [...rectified.values()].map((one) => one.taskId);
  const tasks = new Map(
    (ids.length === 0 ? [] : await tasksByIds(db, reading.scope, ids, day)).map((task) => [task.id, task]),
  );
  const self = new Map((row?.selfScores ?? []).map((one) => [one.code, one]));
  return {
    scheme: lineFrom(scheme, all.body, all.units.length),
    unitId,
    unitName: unit.name,
    day: all.day,
    sealed: all.snapshot !== null,
    hash: all.snapshot?.hash ?? null,
    sheetId: row?.id ?? null,
    sheetVersion: row?.version ?? null,
    totalOf: all.body.total,
    lines: unit.sheet.lines.map((line) => {
      const own = self.get(line.code);
      return {
        ...line,
        parts: line.parts.map((part) => ({ ...part, query: { ...part.query } })),
        scoring: line.by === 'hand' ? offer('score', line.scorer) : null,
        appealing: openToAll.includes(scheme.state) ? offer('appeal') : null,
        self: own ? { score: own.score, text: own.text, fileIds: [...(own.fileIds ?? [])] } : null,
        rectifying:
          row !== null && losesPoints(line)
            ? offer('rectify', null, { lost: true, rectified: rectified.has(line.code) })
            : null,
        rectified: rectifiedLine(rectified.get(line.code), tasks),
        given: unit.given
          .filter((one) => one.code === line.code)
          .map(({ kind, score, before, says, byName, unitName, day: on, fileIds }) => ({
            kind,
            score,
            before,
            says,
            byName,
            unitName,
            day: on,
            fileIds: [...fileIds],
          })),
      };
    }),
    total: { ...unit.sheet.total },
    working: workingOf(all.body, unit.sheet),
    selfEvidence: all.body.selfEvidence === true,
    vetoes: unit.vetoes.map(({ id: vetoId, number, name, effect }) => ({
      id: vetoId,
      number,
      name,
      effect: effect === 'override' ? '直接定为' : '最高定为',
    })),
    standing:
      seesAll(actor) || openToAll.includes(scheme.state)
        ? {
            rank: standing.rank,
            grade: standing.grade,
            gradeName: standing.gradeName,
            gradeSays: standing.says,
            coupling: standing.coupling,
            vetoed: standing.vetoed,
            of: all.units.length,
          }
        : null,
    self:
      row?.selfOn && row.selfText !== null
        ? {
            text: row.selfText,
            on: row.selfOn,
            byName: row.selfByName ?? '',
            score: selfScoreOf(row.selfScores, all.body) ?? 0,
          }
        : null,
    selfOffer: offer('fileSelf'),
    appeals: await appealLines(reading, { schemeId: scheme.id, unitId }),
    files,
    facts: row ? await factsShown(db, scheme.jurisdiction, 'scoreSheet', row.id) : [],
  };
}

const rectifiedLine = (
  one: RectifiedRow | undefined,
  tasks: ReadonlyMap<string, { readonly state: keyof typeof taskLifecycle.states }>,
) => {
  if (!one) return null;
  const task = tasks.get(one.taskId);
  const { taskId, taskNumber, text, dueOn, byName } = one;
  return { taskId, taskNumber, text, dueOn, byName, stateWord: task ? taskLifecycle.states[task.state] : null };
};

/** The reader's own units in all schemes under way: how they stand on the day. */
export async function mySheets(reading: Reading, asOf: string | undefined): Promise<ResponseOf<Api['mySheets']>> {
  const { actor } = reading;
  const own: readonly string[] = actor.unitId === null ? [] : [actor.unitId];
  const rows: ResponseOf<Api['mySheets']>['rows'] = [];
  for (const scheme of await schemesSeen(reading)) {
    if (scheme.publishedOn === null || scheme.state === 'dropped') continue;
    const versions = await versionsOf(reading.db, scheme);
    if (!versions.some((one) => one.body.from <= reading.day)) continue;
    const all = await computed(reading, scheme, askedDay(reading, asOf), versions);
    for (const unit of all.units.filter((one) => own.includes(one.unitId)))
      rows.push({
        scheme: lineFrom(scheme, all.body, all.units.length),
        unitId: unit.unitId,
        unitName: unit.name,
        day: all.day,
        sealed: all.snapshot !== null,
        total: { ...unit.sheet.total },
        totalOf: all.body.total,
        gradeName: openToAll.includes(scheme.state) ? unit.standing.gradeName : null,
        rank: openToAll.includes(scheme.state) ? unit.standing.rank : null,
        of: all.units.length,
        vetoes: unit.vetoes.map(({ id, number, name, effect }) => ({
          id,
          number,
          name,
          effect: effect === 'override' ? '直接定为' : '最高定为',
        })),
      });
  }
  return { rows };
}

/** All schemes under way with every unit, for a screen: as much as the reader may see of each. */
export async function scoreboardOf(reading: Reading, asOf: string | undefined) {
  const boards = [];
  for (const scheme of await schemesSeen(reading)) {
    if (scheme.publishedOn === null || scheme.state === 'dropped') continue;
    const versions = await versionsOf(reading.db, scheme);
    if (!versions.some((one) => one.body.from <= reading.day)) continue;
    if (scheme.announcedOn !== null && scheme.year < Number(reading.day.slice(0, 4)) - 1) continue;
    const all = await computed(reading, scheme, askedDay(reading, asOf), versions);
    const table = tableOf(all, seenUnits(reading, scheme, all));
    if (table.rows.length > 0) boards.push({ scheme: lineFrom(scheme, all.body, all.units.length), table });
  }
  return boards.sort(
    (a, b) => Number(isLive(b.scheme.state)) - Number(isLive(a.scheme.state)) || b.scheme.year - a.scheme.year,
  );
}
