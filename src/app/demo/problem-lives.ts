import { addDays, type Day, daysBetween, earlier, later, monthOf, weekdayOf } from '../../kernel/day.ts';
import type { ProblemKind, SourceType } from '../../modules/problems/problem.ts';
import type { Findings } from './district.ts';
import { chance } from './story.ts';

/** Where something can be found: an enterprise or public place of the register. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly sector: string;
  readonly townUnitId: string;
  readonly regulatorUnitId: string;
}

/** Who does it, in relation to the problem. */
export type Doer = 'lead' | 'leadHead' | 'checker' | 'office' | 'otherOffice' | 'finder';

export type LifeStep =
  | { readonly on: Day; readonly by: Doer; readonly do: 'receive' }
  | {
      readonly on: Day;
      readonly by: Doer;
      readonly do: 'report' | 'done' | 'pass' | 'fail' | 'close';
      readonly text: string;
    }
  | {
      readonly on: Day;
      readonly by: Doer;
      readonly do: 'dispute' | 'settleKeep' | 'askUnfounded';
      readonly text: string;
    }
  | { readonly on: Day; readonly by: Doer; readonly do: 'askExtension'; readonly text: string; readonly newDue: Day }
  | { readonly on: Day; readonly by: Doer; readonly do: 'approve'; readonly text: string }
  | { readonly on: Day; readonly by: Doer; readonly do: 'reopen'; readonly text: string; readonly newDue: Day };

/** One problem from the day it was found until yesterday. */
export interface Life {
  readonly site: Site;
  readonly foundOn: Day;
  readonly enteredOn: Day;
  readonly source: SourceType;
  readonly kind: ProblemKind;
  readonly major: boolean;
  readonly text: string;
  readonly title: string;
  readonly measures: string;
  readonly leadUnitId: string;
  readonly supervisingUnitId: string | null;
  readonly finderUnitId: string;
  readonly dueOn: Day;
  readonly tags: readonly string[];
  /** 立查立改: what was done on the spot. */
  readonly fixed: string | null;
  readonly steps: readonly LifeStep[];
}

/** How busy inspectors are: campaigns before the spring holidays, in the month of safety and in autumn. */
const season = [1.35, 0.75, 0.95, 1, 1.05, 1.6, 1, 0.9, 1.3, 1.05, 1, 1.15];

const responsibilities = ['主体责任', '监管责任', '属地责任', '岗位责任', '领导责任'] as const;

const sourceShares: readonly (readonly [SourceType, number])[] = [
  ['dailyCheck', 30],
  ['grid', 26],
  ['specialCheck', 15],
  ['selfCheck', 10],
  ['randomCheck', 6],
  ['unannounced', 4],
  ['patrol', 3],
  ['tipoff', 3],
  ['guidance', 2],
  ['alarm', 1],
];

const workday = (d: Day): Day => (weekdayOf(d) > 5 ? addDays(d, 8 - weekdayOf(d)) : d);

/**
 * The lives of `count` problems found in the year before `today`, in the order in which they were entered; the same
 * every time for the same day and sites. Shares follow what such districts report: most are found by daily checks and
 * grid workers, a third fixed on the spot, most of the rest closed in time, a few late, sent back, disputed, reopened.
 */
export function livesOf(
  findings: Findings,
  sites: readonly Site[],
  units: { readonly office: string },
  today: Day,
  count: number,
): Life[] {
  const pick = chance(20_261);
  const bySector = new Map<string, Site[]>();
  for (const site of sites) {
    const list = bySector.get(site.sector);
    if (list) list.push(site);
    else bySector.set(site.sector, [site]);
  }
  const sectors = findings.sectors.filter((one) => (bySector.get(one.sector)?.length ?? 0) > 0);
  const drawn = <T>(list: readonly T[], weight: (one: T) => number): T => {
    let at = pick(list.reduce((sum, one) => sum + weight(one), 0));
    for (const one of list) {
      at -= weight(one);
      if (at < 0) return one;
    }
    return list[0] as T;
  };
  const one = <T>(list: readonly T[]): T => list[pick(list.length)] as T;

  const days: Day[] = [];
  for (let ago = 365; ago > 0; ago--) {
    const on = addDays(today, -ago);
    const weekend = weekdayOf(on) > 5 ? 0.25 : 1;
    const busy = (season[monthOf(on) - 1] ?? 1) * weekend;
    for (let slot = 0; slot < Math.round(busy * 10); slot++) days.push(on);
  }

  const lives: Life[] = [];
  for (let index = 0; index < count; index++) {
    const foundOn = one(days);
    const sector = drawn(sectors, (entry) => entry.weight);
    // A third of the sites has most of the trouble, as everywhere.
    const all = bySector.get(sector.sector) ?? [];
    const site = all[pick(3) > 0 ? pick(Math.max(1, Math.floor(all.length / 3))) : pick(all.length)] as Site;
    const finding = drawn(sector.findings, (entry) => (entry.major ? 1 : 12));
    lives.push(lifeOf(finding, site, foundOn));
  }
  return lives.sort((a, b) => (a.enteredOn < b.enteredOn ? -1 : a.enteredOn > b.enteredOn ? 1 : 0));

  function lifeOf(finding: Findings['sectors'][number]['findings'][number], site: Site, foundOn: Day): Life {
    const major = finding.major === true;
    const source = drawn(sourceShares, ([, share]) => share)[0];
    const where = one(findings.where);
    const text = finding.text.replace('{where}', where);
    const lateEntry = pick(100) < 7 ? 4 + pick(20) : pick(100) < 20 ? 1 + pick(3) : 0;
    const enteredOn = earlier(addDays(foundOn, lateEntry), addDays(today, -1));
    const byGrid = source === 'grid';
    const handedDown = source === 'guidance';
    const fixed =
      !major && !handedDown && finding.kind !== 'problem' && pick(100) < (byGrid ? 62 : 24) ? finding.done : null;
    const town = byGrid || pick(4) === 0;
    const leadUnitId = town && !major ? site.townUnitId : site.regulatorUnitId;
    const finderUnitId = byGrid
      ? site.townUnitId
      : source === 'guidance' || source === 'patrol' || source === 'unannounced' || source === 'tipoff'
        ? units.office
        : pick(3) === 0
          ? site.townUnitId
          : site.regulatorUnitId;
    const supervisingUnitId =
      leadUnitId === site.townUnitId ? site.regulatorUnitId : major || pick(3) === 0 ? units.office : null;
    const dueOn = addDays(enteredOn, major ? 45 + pick(50) : 7 + pick(24));
    const title = `${site.name}：${text}`;
    const life = {
      site,
      foundOn,
      enteredOn,
      source,
      kind: finding.kind ?? ('hazard' as const),
      major,
      text: `${text}。`,
      title: title.length > 60 ? `${title.slice(0, 59)}…` : title,
      measures: finding.measures,
      leadUnitId,
      supervisingUnitId: supervisingUnitId === leadUnitId ? null : supervisingUnitId,
      finderUnitId,
      dueOn,
      tags: pick(3) === 0 ? [one(responsibilities)] : [],
      fixed,
    };
    return { ...life, steps: fixed === null ? stepsOf(life, finding.done, handedDown) : ifDrawn(enteredOn) };
  }

  /** Whether it is drawn shows only when it is entered; what is not drawn is closed by then, and the step is left out. */
  function ifDrawn(enteredOn: Day): LifeStep[] {
    const on = workday(addDays(enteredOn, 2 + pick(7)));
    const text = `抽查：${one(findings.recheck)}。`;
    return on < today && pick(100) < 97 ? [{ on, by: 'checker', do: 'pass', text }] : [];
  }

  function stepsOf(
    life: { enteredOn: Day; dueOn: Day; major: boolean; leadUnitId: string },
    doneText: string,
    handedDown: boolean,
  ): LifeStep[] {
    const yesterday = addDays(today, -1);
    const steps: LifeStep[] = [];
    const add = (step: LifeStep): boolean => {
      if (step.on > yesterday) return false;
      steps.push(step);
      return true;
    };
    const receivedOn = workday(addDays(life.enteredOn, pick(3)));
    const fate = pick(1000);
    if (fate < 6) return steps;
    if (!add({ on: receivedOn, by: pick(5) === 0 ? 'leadHead' : 'lead', do: 'receive' })) return steps;
    let on = receivedOn;
    let due = life.dueOn;
    if (fate < 24) {
      on = workday(addDays(on, 1 + pick(2)));
      if (!add({ on, by: 'leadHead', do: 'dispute', text: one(findings.dispute) })) return steps;
      on = workday(addDays(on, 2 + pick(4)));
      if (!add({ on, by: 'office', do: 'settleKeep', text: '经核，属本单位职责范围，维持交办。' })) return steps;
      on = workday(addDays(on, 1));
      if (!add({ on, by: 'lead', do: 'receive' })) return steps;
    }
    if (fate >= 24 && fate < 38) {
      on = workday(addDays(on, 2 + pick(4)));
      if (!add({ on, by: 'lead', do: 'report', text: one(findings.unfounded) })) return steps;
      if (!add({ on, by: 'lead', do: 'askUnfounded', text: one(findings.unfounded) })) return steps;
      add({ on: workday(addDays(on, 2 + pick(3))), by: 'otherOffice', do: 'approve', text: '经核实，同意。' });
      return steps;
    }
    if (pick(3) === 0 || life.major) {
      on = workday(addDays(on, 2 + pick(5)));
      if (!add({ on, by: 'lead', do: 'report', text: `${one(findings.progress)}。` })) return steps;
    }
    if (pick(100) < (life.major ? 30 : 6)) {
      const askOn = later(on, workday(addDays(due, -6)));
      const newDue = addDays(due, 15 + pick(20));
      if (askOn < due) {
        if (!add({ on: askOn, by: 'lead', do: 'askExtension', text: `${one(findings.extension)}。`, newDue }))
          return steps;
        const decided = workday(addDays(askOn, 1 + pick(2)));
        if (!add({ on: decided, by: 'otherOffice', do: 'approve', text: '情况属实，同意延期。' })) return steps;
        due = newDue;
        on = decided;
      }
    }
    // Stuck: late and nobody moves; more of them lately, since the old ones were pressed.
    const ago = daysBetween(life.enteredOn, today);
    if (pick(1000) < (ago > 200 ? 4 : ago > 90 ? 14 : 40)) return steps;
    const share = pick(100);
    let doneOn = share < 86 ? addDays(on, 1 + pick(Math.max(2, daysBetween(on, due)))) : addDays(due, 2 + pick(30));
    doneOn = later(workday(doneOn), on);
    if (!add({ on: doneOn, by: 'lead', do: 'done', text: `${doneText}。` })) return steps;
    if (pick(100) < 9) {
      const backOn = workday(addDays(doneOn, 1 + pick(3)));
      if (!add({ on: backOn, by: 'checker', do: 'fail', text: `${one(findings.sendBack)}。` })) return steps;
      doneOn = workday(addDays(backOn, 2 + pick(8)));
      if (!add({ on: doneOn, by: 'lead', do: 'done', text: `已按复查意见补充整改：${doneText}。` })) return steps;
    }
    const passOn = workday(addDays(doneOn, 1 + pick(4)));
    if (!add({ on: passOn, by: 'checker', do: 'pass', text: `${one(findings.recheck)}。` })) return steps;
    let closedOn = passOn;
    if (life.major || handedDown) {
      closedOn = workday(addDays(passOn, 1 + pick(3)));
      if (!add({ on: closedOn, by: 'otherOffice', do: 'close', text: `${one(findings.closing)}。` })) return steps;
    }
    if (pick(1000) < 12) {
      const reopenedOn = workday(addDays(closedOn, 30 + pick(60)));
      const newDue = addDays(reopenedOn, 15);
      if (!add({ on: reopenedOn, by: 'office', do: 'reopen', text: `${one(findings.reopen)}。`, newDue })) return steps;
      const again = workday(addDays(reopenedOn, 5 + pick(14)));
      if (!add({ on: again, by: 'lead', do: 'done', text: `已重新整改：${doneText}。` })) return steps;
      const passed = workday(addDays(again, 2 + pick(3)));
      if (!add({ on: passed, by: 'checker', do: 'pass', text: `${one(findings.recheck)}。` })) return steps;
      if (life.major || handedDown)
        add({ on: workday(addDays(passed, 2)), by: 'otherOffice', do: 'close', text: `${one(findings.closing)}。` });
    }
    return steps;
  }
}
