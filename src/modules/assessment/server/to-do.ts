import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Reading } from '../../../platform/act.ts';
import type { assessmentApi } from '../api.ts';
import { type SchemeAction, schemeLifecycle } from '../lifecycle.ts';
import { judge } from '../situation.ts';
import { appealLines } from './appeals.ts';
import { computed } from './compute.ts';
import { schemesSeen } from './lines.ts';
import { factsOf } from './step.ts';
import { versionsOf } from './store.ts';
import { listVetoes } from './vetoes.ts';

type Rows = ResponseOf<typeof assessmentApi.assessmentToDo>['rows'];

/** Actions that lead a scheme on; others are free to be done or not. */
const leading: readonly SchemeAction[] = [
  'publish',
  'issueVersion',
  'collect',
  'finishScoring',
  'show',
  'grade',
  'announce',
];

/** What waits for the reader: schemes to lead on, self-assessments, lines to score, vetoes and appeals to decide. */
export async function toDo(reading: Reading): Promise<ResponseOf<typeof assessmentApi.assessmentToDo>> {
  const { db, actor, day } = reading;
  const rows: Rows = [];
  for (const scheme of await schemesSeen(reading)) {
    if (schemeLifecycle.final.includes(scheme.state)) continue;
    const versions = await versionsOf(db, scheme);
    const begun = versions.some((one) => one.body.from <= day);
    const all = begun && scheme.state !== 'draft' ? await computed(reading, scheme, null, versions, false) : null;
    const { facts } = await factsOf(db, scheme, versions, day, all);
    const at = { title: scheme.title, number: scheme.number };
    for (const action of leading) {
      if (action === 'collect' && (scheme.selfUntil === null || scheme.selfUntil >= day)) continue;
      if (judge(facts, actor, action, day, null, null).may)
        rows.push({
          ...at,
          key: `${scheme.id}.${action}`,
          word: schemeLifecycle.actions[action],
          who: '安委办',
          to: `/assessment/${scheme.id}`,
          due: null,
        });
    }
    const own = all?.units.find((unit) => unit.unitId === actor.unitId);
    if (own && own.row?.selfOn === null) {
      const sheet = { unitId: own.unitId, scorerUnitId: null };
      if (judge(facts, actor, 'fileSelf', day, sheet, null).may)
        rows.push({
          ...at,
          key: `${scheme.id}.self`,
          word: '报送自评',
          who: own.name,
          to: `/assessment/${scheme.id}/units/${own.unitId}`,
          due: scheme.selfUntil,
        });
    }
    if (
      all &&
      scheme.state === 'scoring' &&
      actor.unitId !== null &&
      hasRole(actor, 'officer', 'clerk', 'unitLeader')
    ) {
      const open = all.units.flatMap((unit) =>
        unit.sheet.lines.filter(
          (line) =>
            line.score === null && all.scorers.get(line.scorer ?? '') === actor.unitId && unit.unitId !== actor.unitId,
        ),
      );
      if (open.length > 0)
        rows.push({
          ...at,
          key: `${scheme.id}.score`,
          word: `打分（还有${open.length}项）`,
          who: actor.unitName ?? '',
          to: `/assessment/${scheme.id}`,
          due: null,
        });
    }
  }
  for (const event of (await listVetoes(reading, {})).rows)
    if (
      event.offers.some((offer) => offer.action === 'confirm' && (offer.may || offer.says.includes('请写明认定意见')))
    )
      rows.push({
        key: event.id,
        word: '认定否决情形',
        title: `${event.unitName}：${event.kindName}`,
        who: event.enteredByName,
        number: event.number,
        to: '/assessment/vetoes',
        due: null,
      });
  for (const appeal of await appealLines(reading))
    if (appeal.offers.some((offer) => offer.action === 'reject' && offer.may))
      rows.push({
        key: appeal.id,
        word: '处理申诉',
        title: `${appeal.unitName}：${appeal.lineName}`,
        who: appeal.filedByName,
        number: appeal.number,
        to: '/assessment/appeals',
        due: null,
      });
  return { rows };
}
