import { hasRole } from '../../../kernel/actor.ts';
import { daysBetween } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import type { Allowances } from '../allowances.ts';
import type { Problem } from '../problem.ts';
import { sightOf } from './sight-of.ts';

/** A turn of a problem's life that figures count. `passed`: the result of a recheck; `first`: the first one of the cycle. */
export type Turn =
  | { readonly turn: 'registered' | 'closed' | 'withdrawn' | 'merged' | 'unfounded' | 'reopened' }
  | { readonly turn: 'rechecked'; readonly passed: boolean; readonly first: boolean };

/** 问-2026-0007 → 202600000007: sorts as people count. */
export function serialOf(number: string): number {
  const [, year = '0', serial = '0'] = number.split('-');
  return Number(year) * 100_000_000 + Number(serial);
}

/** Grid staff and nothing else: what they solve is solved at the grid. */
export const isGridStaff = (act: Act): boolean =>
  hasRole(act.actor, 'gridWorker') && act.actor.roles.every((role) => role === 'gridWorker');

/** Solved at the grid: found and rectified by grid staff, and never passed on to another unit. */
const solvedAtGrid = (problem: Problem): boolean => problem.atGrid && problem.doneAtGrid && problem.moved === 0;

/** The row of `problem_turn` for a turn, with the problem as it stands at that moment. Names are those of the columns. */
export function turnsOf(act: Act, problem: Problem, allowed: Allowances, turn: Turn) {
  const late =
    turn.turn === 'registered'
      ? daysBetween(problem.foundOn, problem.enteredOn) > allowed.entryDays
      : turn.turn === 'closed' && (problem.doneOn ?? problem.closedOn ?? act.day) > problem.dueOn;
  const closing = turn.turn === 'closed';
  return {
    turn: turn.turn,
    problem_id: problem.id,
    serial: serialOf(problem.number),
    kind: problem.kind,
    grade: problem.grade,
    lead_unit_id: problem.leadUnitId,
    sector: problem.sector,
    source_type: problem.source.type,
    batch_id: problem.source.batchId,
    plan_id: problem.planId,
    area_code: problem.place.areaCode,
    tags: problem.tags,
    units: sightOf(problem),
    cycle: problem.cycle,
    late,
    on_spot: problem.onSpot,
    at_grid: turn.turn === 'registered' ? problem.atGrid : closing && solvedAtGrid(problem),
    passed: turn.turn === 'rechecked' ? turn.passed : null,
    first: turn.turn === 'rechecked' ? turn.first : null,
    by_id: act.actor.accountId as string,
    done_by: problem.doneBy,
    rechecked_by: closing ? problem.recheckedBy : null,
    rechecked_unit_id: closing ? problem.recheckedUnitId : null,
  };
}
