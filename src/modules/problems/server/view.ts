import { daysBetween } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { adoptedPlans } from '../../plans/server/door.ts';
import { tasksByIds } from '../../tasks/server/door.ts';
import { correctable } from '../fields.ts';
import { fiveMissing } from '../five.ts';
import { lampSentence } from '../lamp.ts';
import { type ProblemAction, problemLifecycle } from '../lifecycle.ts';
import { nextStep } from '../next-step.ts';
import { type Problem, sourceWords } from '../problem.ts';
import { judge } from '../situation.ts';
import { linesOf, noUnit, rowsByIds, unitNames } from './lines.ts';
import { photosOf } from './photos.ts';
import { allowancesOf, problemInScope } from './store.ts';
import { batchTitle } from './store-batch-title.ts';
import { detailsOf } from './store-view.ts';

/** Units that take part, with what they are in it; a unit that is several things appears once for each. */
function unitsOf(problem: Problem): { unitId: string; role: string }[] {
  return [
    { unitId: problem.leadUnitId, role: '责任单位' },
    ...problem.coUnitIds.map((unitId) => ({ unitId, role: '配合单位' })),
    ...(problem.supervisingUnitId === null ? [] : [{ unitId: problem.supervisingUnitId, role: '督办单位' }]),
    ...(problem.finderUnitId === null ? [] : [{ unitId: problem.finderUnitId, role: '登记单位' }]),
  ];
}

/** Plan and task that the problem belongs to, as far as the reader may see them. */
async function belongings(reading: Reading, problem: Problem) {
  const plans = problem.planId === null ? [] : await adoptedPlans(reading.db, reading.scope);
  const plan = plans.find((one) => one.id === problem.planId);
  const [task] =
    problem.taskId === null ? [] : await tasksByIds(reading.db, reading.scope, [problem.taskId], reading.day);
  return {
    plan: plan ? { id: plan.id, title: plan.title } : null,
    task: task ? { id: task.id, number: task.number, title: task.title } : null,
  };
}

/** Everything that the problem's page shows, with each action and, where it may not be taken, the reason. */
export async function view(reading: Reading, id: string) {
  const { db, actor, day } = reading;
  const { jurisdiction, problem } = await problemInScope(db, reading.scope, id);
  const [details, rows, allowed, photos, owner, batch] = await Promise.all([
    detailsOf(db, reading.scope, jurisdiction, problem.id),
    rowsByIds(db, jurisdiction, [problem.id]),
    allowancesOf(db, jurisdiction),
    photosOf(db, {
      jurisdiction,
      id: problem.id,
      foundOn: problem.foundOn,
      enterpriseId: problem.enterpriseId,
      place: problem.place,
    }),
    belongings(reading, problem),
    batchTitle(db, jurisdiction, problem.source.batchId),
  ]);
  const [line] = await linesOf(db, rows, day);
  if (!line) throw notFound();
  const units = unitsOf(problem);
  const names = await unitNames(db, [
    { jurisdiction, unitIds: [...units.map((one) => one.unitId), problem.recheckedUnitId] },
  ]);
  const nameOf = (unitId: string): string => names.get(unitId) ?? noUnit;
  const own = jurisdiction === actor.jurisdiction;
  const offers = (Object.keys(problemLifecycle.actions) as ProblemAction[]).map((action) => {
    const verdict = judge(problem, actor, action, day, null, allowed);
    const says = !own ? '这是下级政府的问题，只能查看。' : verdict.may ? '' : verdict.refusal.says;
    return { action, label: problemLifecycle.actions[action], may: own && verdict.may, says };
  });
  const { source, judgement } = problem;
  return {
    problem: line,
    text: problem.text,
    lampSentence: lampSentence(problem, day),
    nextStep: nextStep(problem, nameOf(problem.leadUnitId)),
    source: { ...source, word: sourceWords[source.type], batchTitle: batch },
    handedDown: problem.handedDown,
    registeredByName: problem.registeredByName,
    finderUnitName: problem.finderUnitId === null ? null : nameOf(problem.finderUnitId),
    lateEntryDays: daysBetween(problem.foundOn, problem.enteredOn),
    place: { ...problem.place },
    measures: problem.measures,
    judgement: judgement && {
      grade: judgement.grade,
      criteriaName: judgement.criteriaName,
      criteriaVersion: judgement.criteriaVersion,
      clauses: [...judgement.clauses],
      reason: judgement.reason,
      byName: judgement.byName,
      on: judgement.on,
    },
    units: units.map((one) => ({ ...one, name: nameOf(one.unitId) })),
    five: Object.fromEntries(
      Object.entries(problem.five).map(([part, one]) => [part, { ...one, fileIds: [...one.fileIds] }]),
    ),
    fiveMissing: problem.grade === 'major' ? fiveMissing(problem.five) : [],
    receivedOn: problem.receivedOn,
    done: problem.doneOn === null ? null : { on: problem.doneOn, byName: problem.doneByName },
    rechecked:
      problem.recheckedOn === null
        ? null
        : {
            on: problem.recheckedOn,
            byName: problem.recheckedByName,
            unitName: problem.recheckedUnitId === null ? null : nameOf(problem.recheckedUnitId),
          },
    controlMeasures: problem.controlMeasures,
    mergedInto: details.mergedInto,
    mergedHere: details.mergedHere,
    ...owner,
    photos,
    progress: details.progress,
    requests: details.requests,
    facts: details.facts,
    offers,
    correctable: own ? correctable(problem) : [],
  };
}
