import { addDays, type Day, daysBetween, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { adoptedPlans, stagesOfPlans } from '../../plans/server/door.ts';
import {
  aroundDue,
  type CellFigures,
  type ClosedCell,
  closedCells,
  figuresAsOf,
  type Line,
} from '../../tasks/server/door.ts';
import { jurisdictionName, unitsByIds } from '../../units/server/door.ts';
import { nextStep } from '../next.ts';
import type { Board } from '../sheet.ts';

export interface BoardQuery {
  readonly asOf?: string;
  readonly planId?: string;
}

/** Tasks in each of the two lists. */
const shown = 20;
const soonDays = 14;

/** The day asked for: a real one, not in the future; today when none is asked. */
export function boardDay(asOf: string | undefined, today: Day): Day {
  if (asOf === undefined) return today;
  const day = parseDay(asOf);
  if (day === null)
    throw notValid(`「${asOf}」不是日期，请写成 2026-03-31 这样。`, [{ where: 'query.asOf', says: '不是日期' }]);
  if (day > today) throw notValid('挂图只能看今天和以前的日子。', [{ where: 'query.asOf', says: '晚于今天' }]);
  return day;
}

/** Everything that the wall shows of a day, within the scope of the one who looks. */
export async function board(reading: Reading, query: BoardQuery): Promise<Board> {
  const { db, scope, actor, now, day: today } = reading;
  const day = boardDay(query.asOf, today);
  const plan = query.planId ? { plan: query.planId } : {};
  const [figures, closed, { late: lateTasks, soon: soonTasks }, stages, name] = await Promise.all([
    figuresAsOf(db, scope, plan, day),
    closedCells(db, scope, plan, day),
    aroundDue(reading, plan, day, addDays(day, soonDays), shown),
    stagesShown(reading, query.planId),
    jurisdictionName(db, actor.jurisdiction),
  ]);
  const cells = matrixOf(figures.matrix, closed);
  const unitIds = figures.units.map((unit) => unit.unitId);
  const unitCards = await Promise.all(scope.jurisdictions.map((jurisdiction) => unitsByIds(db, jurisdiction, unitIds)));
  const cards = new Map(
    unitCards
      .flat()
      .map((unit) => [
        unit.id as string,
        { name: unit.shortName ?? unit.name, areaCode: unit.areaCode, kind: unit.kind },
      ]),
  );
  return {
    day,
    today,
    computedAt: now.toISOString(),
    jurisdictionName: name,
    figures: {
      open: figures.open,
      red: figures.red,
      amber: figures.amber,
      green: figures.green,
      grey: figures.grey,
      closed: figures.closed,
      toReceive: figures.byState.toReceive ?? 0,
      submitted: figures.byState.submitted ?? 0,
      disputed: figures.byState.disputed ?? 0,
      assigned: figures.open + figures.closed,
      closedLate: figures.closedLate,
      closedThatDay: figures.closedToday,
      turnedRedThatDay: figures.newlyOverdue,
      completion: figures.rate,
    },
    units: figures.units.map((unit) => {
      const card = cards.get(unit.unitId);
      return {
        unitId: unit.unitId,
        name: card?.name ?? '（已不在单位名册中）',
        areaCode: card && (card.kind === 'town' || card.kind === 'zone') ? card.areaCode : null,
        open: unit.open,
        red: unit.red,
        amber: unit.amber,
        green: unit.open - unit.red - unit.amber - unit.grey,
        grey: unit.grey,
        closed: unit.closed,
        longest: unit.longestDays,
        worst: unit.oldestTask,
      };
    }),
    stages: stages.map((stage) => ({ ...stage, ...sumOf(cells.filter((cell) => cell.stageId === stage.stageId)) })),
    matrix: cells,
    late: lateTasks.map((task) => named(task, task.dueOn ? daysBetween(task.dueOn as Day, day) : 0)),
    soon: soonTasks.map((task) => named(task, task.dueOn ? daysBetween(day, task.dueOn as Day) : 0)),
  };
}

const named = (task: Line, days: number): Board['late'][number] => ({
  id: task.id,
  number: task.number,
  title: task.title,
  unitName: task.leadUnitName,
  personName: task.personName,
  state: task.state,
  dueOn: task.dueOn,
  days,
  reason: task.lampReason,
  next: nextStep(task.state, task.leadUnitName),
});

async function stagesShown(reading: Reading, planId: string | undefined) {
  const { db, scope } = reading;
  const plans = (await adoptedPlans(db, scope))
    .filter((plan) => planId === undefined || plan.id === planId)
    .slice(0, 20);
  const stages = await stagesOfPlans(db, plans);
  return plans.flatMap((plan) =>
    stages
      .filter((stage) => stage.planId === plan.id)
      .map((stage) => ({
        stageId: stage.id,
        planId: plan.id,
        planTitle: plan.title,
        name: stage.name,
        from: stage.fromOn,
        to: stage.toOn,
      })),
  );
}

const nothing = { open: 0, red: 0, amber: 0, green: 0, grey: 0, closed: 0 };
type Cell = Board['matrix'][number];

function matrixOf(open: readonly CellFigures[], closed: readonly ClosedCell[]): Cell[] {
  const cells = new Map<string, Cell>();
  const at = (sector: string | null, stageId: string | null): Cell => {
    const key = `${stageId}|${sector}`;
    const cell = cells.get(key) ?? { sector, stageId, ...nothing };
    cells.set(key, cell);
    return cell;
  };
  for (const one of open) {
    const green = one.open - one.red - one.amber - one.grey;
    Object.assign(at(one.sector, one.stageId), {
      open: one.open,
      red: one.red,
      amber: one.amber,
      grey: one.grey,
      green,
    });
  }
  for (const one of closed) at(one.sector, one.stageId).closed += one.closed;
  return [...cells.values()];
}

const sumOf = (cells: readonly Cell[]): typeof nothing =>
  cells.reduce(
    (sum, cell) => ({
      open: sum.open + cell.open,
      red: sum.red + cell.red,
      amber: sum.amber + cell.amber,
      green: sum.green + cell.green,
      grey: sum.grey + cell.grey,
      closed: sum.closed + cell.closed,
    }),
    nothing,
  );
