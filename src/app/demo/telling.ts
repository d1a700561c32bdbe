import type { Actor } from '../../kernel/actor.ts';
import { windowAround } from '../../kernel/calendar.ts';
import { addDays, type Day, day, daysBetween } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { tasksApi } from '../../modules/tasks/api.ts';
import { tasksRoutes } from '../../modules/tasks/server/routes.ts';
import type { House } from '../../platform/act.ts';
import { filesApi } from '../../platform/files/api.ts';
import { fileRoutes } from '../../platform/files/routes.ts';
import type { Cast } from './accounts.ts';
import { houseOn } from './adoption.ts';
import type { Tale } from './district.ts';
import { type EvidenceFile, minutes, picture } from './evidence.ts';
import { play, ScriptMistake, uploadOf } from './player.ts';
import { type Handed, type Scene, scenesOf } from './story.ts';

const inTasks = play(tasksApi, tasksRoutes);
const inFiles = play(filesApi, fileRoutes);

/** Of the units that take part only some sign: enough to show the difference. */
const MOST_SIGNING = 5;

/** A task of the story with what is known of it while it is told. */
interface Told {
  readonly id: string;
  readonly title: string;
  readonly tale: Tale;
  readonly clerk: Actor;
  readonly head: Actor;
  readonly begun: Day;
  readonly due: Day | null;
  readonly coUnitIds: readonly string[];
  readonly person: { readonly id: string; readonly name: string } | null;
  /** Clerk of the unit that split this task off; he checks it. */
  readonly checker: Actor | null;
  version: number;
}

interface Line {
  readonly told: Told;
  readonly scene: Scene;
}

const before = (a: Line, b: Line): number =>
  a.scene.on === b.scene.on ? a.scene.minute - b.scene.minute : a.scene.on < b.scene.on ? -1 : 1;

/** Plays the story of every task, day by day over all tasks, through the product's own actions. */
export class Telling {
  private base: House;
  private readonly cast: Cast;
  private readonly officers: readonly [Actor, Actor];
  private readonly today: Day;
  private readonly tellers: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  private readonly areaUnits: ReadonlySet<string>;
  private lines: Line[] = [];
  private readonly stalled = new Set<Told>();
  /** What the rules forbade, in words; empty when every tale fitted the calendar. */
  readonly refusals: string[] = [];

  /** `answerable`: by unit id, who answers for its tasks. `areaUnits`: towns and zones, which take their part of a split task. */
  constructor(
    base: House,
    cast: Cast,
    officers: readonly [Actor, Actor],
    today: Day,
    answerable: ReadonlyMap<string, { readonly id: string; readonly name: string }>,
    areaUnits: ReadonlySet<string>,
  ) {
    this.base = base;
    this.cast = cast;
    this.officers = officers;
    this.today = today;
    this.tellers = answerable;
    this.areaUnits = areaUnits;
  }

  /** Takes up every task that one plan made; `begun` is the day on which it was handed out. */
  async takeUp(planId: string, tales: readonly Tale[], begun: Day): Promise<void> {
    const at = { house: houseOn(this.base, begun, 10 * 60), actor: this.officers[0] };
    const { rows } = await inTasks(at, 'listTasks', { query: { plan: planId, pageSize: 200, sort: 'number' } });
    for (const [index, row] of rows.entries()) {
      const view = await inTasks(at, 'viewTask', { params: { id: row.id } });
      const tale = tales.find((one) => view.task.title.includes(one.match) || view.text.includes(one.match));
      const clerk = this.cast.clerkOf(row.leadUnitId);
      if (!tale || !clerk)
        throw new ScriptMistake(`no tale or no clerk for ${row.number} ${row.title} (${row.leadUnitName})`);
      const dated = view.deadlines
        .flatMap((one) => one.on ?? [])
        .sort()
        .at(-1);
      const due = view.quotas.length > 0 ? dated : (row.dueOn ?? undefined);
      const told: Told = {
        id: row.id,
        title: row.title,
        tale,
        clerk,
        head: this.cast.headOf(row.leadUnitId) ?? clerk,
        begun,
        due: due === undefined ? null : day(due),
        coUnitIds: view.units.filter((one) => one.role !== 'lead').map((one) => one.unitId),
        person: this.tellers.get(row.leadUnitId) ?? null,
        checker: null,
        version: row.version,
      };
      const quotas = view.quotas.map((one) => quotaFrom(one.words, one.text));
      const handed = { begun, due: told.due, quotas };
      const until = view.until === null ? null : day(view.until);
      for (const scene of scenesOf(
        fitting(tale, handed, until, this.today),
        handed,
        this.today,
        1000 + index * 7 + rows.length,
      ))
        this.lines.push({ told, scene });
    }
  }

  /**
   * Tells what was taken up, in the order in which it happened, up to and with the day `until`; null: all of it. Returns
   * how many deeds it was.
   */
  async tell(until: Day | null = null, base: House = this.base): Promise<number> {
    this.base = base;
    let deeds = 0;
    this.lines.sort(before);
    for (let [line] = this.lines; line !== undefined; [line] = this.lines) {
      if (until !== null && line.scene.on > until) break;
      this.lines.shift();
      if (this.stalled.has(line.told)) continue;
      try {
        await this.play(line);
        deeds += 1;
      } catch (refused) {
        // A day may fall so that a rule forbids what the tale wants: the task then simply stays where it is.
        if (!(refused instanceof Refusal)) throw refused;
        this.stalled.add(line.told);
        this.refusals.push(`${line.told.title} ${line.scene.on} ${line.scene.deed.do}：${refused.says}`);
      }
    }
    return deeds;
  }

  private async play({ told, scene }: Line): Promise<void> {
    const { deed, on } = scene;
    const house = houseOn(this.base, on, scene.minute);
    const who = { clerk: told.clerk, head: told.head, officer: this.officers[0], otherOfficer: this.officers[1] }[
      scene.who
    ];
    // A task that the office itself works on is checked by the officer who did not submit it.
    const actor = who.accountId === told.clerk.accountId && scene.who === 'officer' ? this.officers[1] : who;
    const at = { house, actor };
    const params = { id: told.id };
    const { version } = told;
    const saw = async (answer: Promise<{ version: number }>): Promise<void> => {
      told.version = (await answer).version;
    };
    switch (deed.do) {
      case 'receive':
        return saw(inTasks(at, 'receiveTask', { params, body: { version } }));
      case 'coReceive':
        return this.coReceive(told, house);
      case 'setPerson': {
        if (told.person === null) return;
        const { id: personId, name: personName } = told.person;
        return saw(inTasks(at, 'setTaskPerson', { params, body: { version, personId, personName } }));
      }
      case 'milestones':
        return saw(inTasks(at, 'setTaskMilestones', { params, body: { version, milestones: milestonesOf(told) } }));
      case 'split':
        return this.split(told, house, on);
      case 'report': {
        const fileIds = deed.files ? await this.attach(told, house, actor, on) : [];
        return saw(inTasks(at, 'reportTask', { params, body: { text: deed.text, percent: deed.percent, fileIds } }));
      }
      case 'occurrence': {
        const fileIds = deed.files ? await this.attach(told, house, actor, on) : [];
        const body = { on, quota: deed.quota, text: deed.text, fileIds };
        return saw(inTasks(at, 'recordTaskOccurrence', { params, body }));
      }
      case 'submit':
        return saw(inTasks(at, 'submitTask', { params, body: { version, text: deed.text, fileIds: [] } }));
      case 'pass':
        return saw(
          inTasks({ house, actor: told.checker ?? actor }, 'passTask', {
            params,
            body: { version, opinion: '材料齐全，同意办结。' },
          }),
        );
      case 'sendBack':
        return saw(inTasks(at, 'sendBackTask', { params, body: { version, reason: deed.reason } }));
      case 'askExtension':
        return saw(
          inTasks(at, 'askTaskExtension', { params, body: { version, newDue: deed.newDue, reason: deed.reason } }),
        );
      case 'decideExtension':
        return saw(
          inTasks(at, 'decideTaskExtension', {
            params,
            body: { version, approve: deed.approve, opinion: deed.opinion },
          }),
        );
      case 'dispute':
        return saw(inTasks(at, 'disputeTask', { params, body: { version, reason: deed.reason } }));
      case 'settleKeep':
        return saw(inTasks(at, 'settleTask', { params, body: { version, keep: true, reason: deed.reason } }));
      case 'suspend':
        return saw(inTasks(at, 'suspendTask', { params, body: { version, reason: deed.reason } }));
    }
  }

  private async coReceive(told: Told, house: House): Promise<void> {
    const signing = told.coUnitIds.flatMap((unitId) => this.cast.clerkOf(unitId) ?? []).slice(0, MOST_SIGNING);
    for (const actor of signing) {
      const done = await inTasks({ house, actor }, 'coReceiveTask', { params: { id: told.id }, body: {} });
      told.version = done.version;
    }
  }

  private async attach(told: Told, house: House, actor: Actor, on: Day): Promise<string[]> {
    const file: EvidenceFile =
      told.tale.evidence === 'minutes'
        ? await minutes(told.tale.occasion ?? told.title, actor.unitName ?? '', on)
        : picture(`现场照片（${on}）.png`, daysBetween(told.begun, on) + told.title.length * 11);
    const upload = await uploadOf(house, file.name, file.bytes);
    const query = { itemKind: 'task', itemId: told.id };
    const { id } = await inFiles({ house, actor }, 'addFile', { query, upload });
    return [id];
  }

  /** Hands parts to the units that take part and have a clerk; their courses differ, so that the map has colours. */
  private async split(told: Told, house: House, on: Day): Promise<void> {
    const part = told.tale.split;
    if (part === undefined) return;
    const at = { house, actor: told.clerk };
    const children = told.coUnitIds
      .flatMap((unitId) => this.cast.clerkOf(unitId) ?? [])
      .filter((taker) => this.areaUnits.has(taker.unitId ?? ''))
      .map((taker) => ({
        unitId: taker.unitId ?? '',
        title: `${told.title}（${taker.unitName ?? ''}部分）`.slice(0, 100),
        text: part.text,
      }));
    const done = await inTasks(at, 'splitTask', { params: { id: told.id }, body: { version: told.version, children } });
    told.version = done.version;
    const view = await inTasks(at, 'viewTask', { params: { id: told.id } });
    for (const [index, row] of view.children.entries()) {
      const clerk = this.cast.clerkOf(row.leadUnitId);
      if (!clerk || index % 6 === 5) continue;
      const child: Told = {
        id: row.id,
        title: row.title,
        tale: { match: '', fate: 'underway', steps: [], evidence: 'photo' },
        clerk,
        head: clerk,
        begun: on,
        due: told.due,
        coUnitIds: [],
        person: null,
        checker: told.clerk,
        version: row.version,
      };
      const closing = index % 2 === 0;
      const scene = (days: number, deed: Scene['deed']): void => {
        this.lines.push({ told: child, scene: { on: addDays(on, days), minute: 600 + index, who: 'clerk', deed } });
      };
      scene(3 + index, { do: 'receive' });
      scene(40 + index, { do: 'report', percent: closing ? 60 : 45, text: part.half, files: false });
      if (index % 6 === 3) continue;
      scene(86 + index, { do: 'report', percent: closing ? 100 : 70, text: part.whole, files: index < 3 });
      if (closing) scene(90 + index, { do: 'submit', text: '本辖区任务全部完成，申请办结。' });
      if (closing) scene(93 + index, { do: 'pass' });
    }
    this.lines.sort(before);
  }
}

/** A recurring duty whose last period has not begun when it should be closed goes on instead. */
function fitting(tale: Tale, handed: Handed, until: Day | null, today: Day): Tale {
  const closes = ['onTime', 'late', 'sentBackThenClosed', 'recordedAll'].includes(tale.fate);
  if (!closes || until === null) return tale;
  const closing = tale.fate === 'recordedAll' ? addDays(today, -41) : addDays(handed.due ?? today, -9);
  const open = handed.quotas.some((quota) => windowAround(until, quota.per).from > closing);
  return open ? { ...tale, fate: 'ongoing' } : tale;
}

function milestonesOf(told: Told): { on: string; percent: number; name: string }[] {
  const due = told.due ?? addDays(told.begun, 180);
  const length = daysBetween(told.begun, due);
  const at = (share: number): string => addDays(told.begun, Math.floor(length * share));
  return [
    { on: at(0.3), percent: 25, name: '完成排查，确定清单' },
    { on: at(0.65), percent: 60, name: '完成三分之二点位施工' },
    { on: at(1), percent: 100, name: '全部完成并验收' },
  ];
}

const NUMBER = /(\d+)/;

/** The quota behind its words as the task's page shows them (每季度不少于2次). */
function quotaFrom(words: string, text: string) {
  const per = /每\d*周|每周/.test(words)
    ? ('week' as const)
    : /每月/.test(words)
      ? ('month' as const)
      : /季度/.test(words)
        ? ('quarter' as const)
        : /半年/.test(words)
          ? ('half-year' as const)
          : ('year' as const);
  const years = /每(\d+)年/.exec(words)?.[1];
  const rest = words.replace(/每\d+年/, '');
  return { text, per, count: Number(NUMBER.exec(rest)?.[1] ?? 1), everyYears: years ? Number(years) : null };
}
