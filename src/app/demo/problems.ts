import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { type Actor, systemActor } from '../../kernel/actor.ts';
import { addDays, type Day, day as dayFrom, dayInWords } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { drawOnSpot } from '../../modules/problems/on-spot-draw.ts';
import { fiveParts, type NewProblem, type Problem } from '../../modules/problems/problem.ts';
import {
  type BroughtFile,
  type Deed,
  type Entry,
  ProblemHistory,
  rollUpFigures,
} from '../../modules/problems/server/door.ts';
import type { House } from '../../platform/act.ts';
import { lastHash } from '../../platform/facts/record.ts';
import { perform } from '../../platform/perform.ts';
import { houseOn } from './adoption.ts';
import { BatchTale } from './batches.ts';
import { readDistrict, readFindings } from './district.ts';
import { picture } from './evidence.ts';
import { type People, peopleOf } from './people.ts';
import { type Life, type LifeStep, livesOf, type Site } from './problem-lives.ts';
import { chance } from './story.ts';
import { problemsTold, type Told } from './told.ts';

const DAYS = 365;
/** Different pictures of each kind; the same ones come again, as stock photographs would. */
const PICTURES = 16;
const ON_SPOT_SHARE = 20;

interface SiteRow extends Site {
  readonly address: string | null;
  readonly areaCode: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly grid: string | null;
}

/** The id of the life with this place in the list: the same in every run, so that a broken-off telling finds its problems. */
const idOf = (index: number): string => {
  const hash = createHash('sha256').update(`guatu demonstration problem ${index}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};

/** What was in the register when the year began. */
async function sitesOf(house: House, jurisdiction: string, since: Day): Promise<SiteRow[]> {
  const found = await sql<SiteRow>`
    select id, name, sector, town_unit_id as "townUnitId", regulator_unit_id as "regulatorUnitId", address,
      area_code as "areaCode", longitude, latitude, grid
    from enterprise where jurisdiction = ${jurisdiction} and state = 'active' and merged_into is null
      and registered_on <= ${since} and sector is not null and town_unit_id is not null and regulator_unit_id is not null
    order by serial`.execute(house.db);
  return found.rows;
}

async function unitIdOf(house: House, jurisdiction: string, name: string): Promise<string> {
  const found = await sql<{ id: string }>`
    select id from unit where jurisdiction = ${jurisdiction} and (name = ${name} or short_name = ${name})`.execute(
    house.db,
  );
  return found.rows[0]?.id ?? '';
}

type Photo = Omit<BroughtFile, 'id' | 'role'>;

async function photographs(house: House): Promise<{ before: Photo[]; after: Photo[] }> {
  const take = async (seed: number, cluttered: boolean): Promise<Photo> => {
    const name = `${cluttered ? '整改前' : '整改后'}${seed + 1}.png`;
    const { bytes } = picture(name, seed * 7, cluttered);
    const { sha256, size } = await house.files.put(Readable.from(Buffer.from(bytes)), bytes.length);
    return { sha256, size, name, type: 'image/png' };
  };
  const seeds = Array.from({ length: PICTURES }, (_, seed) => seed);
  return {
    before: await Promise.all(seeds.map((seed) => take(seed, true))),
    after: await Promise.all(seeds.map((seed) => take(seed, false))),
  };
}

const fiveTexts = {
  measures: '停用相关部位，委托有资质单位制定整改方案并组织实施。',
  funds: '企业自筹整改资金，已列入本年度安全投入。',
  person: '企业主要负责人牵头，安全总监具体负责。',
  timeLimit: '按督促整改的时限倒排工期，逐周检查。',
  emergencyPlan: '整改期间专人值守，配备应急器材，已组织演练。',
} as const;

/**
 * Tells the year's problems of the demonstration day by day, from where it stopped before. Every deed is judged by the
 * rules; each day is one transaction, so that the product can be used meanwhile. Ends early when `stopped` says so.
 */
export async function tellProblems(
  house: House,
  options: {
    readonly today: Day;
    readonly count: number;
    readonly stopped?: () => boolean;
    readonly log?: (line: string) => void;
    /** What others do between two days; gives the problems that they changed. */
    readonly between?: (day: Day) => Promise<readonly string[]>;
  },
): Promise<void> {
  const district = await readDistrict();
  const jurisdiction = asJurisdiction(district.jurisdiction);
  const log = options.log ?? (() => {});
  const kept = await sql<{ value: Told }>`
    select value from setting where jurisdiction = ${jurisdiction} and name = ${problemsTold}`.execute(house.db);
  const told: Told = kept.rows[0]?.value ?? { today: options.today, count: options.count, until: null };
  const yesterday = addDays(told.today, -1);
  if (told.count === 0 || (told.until !== null && told.until >= yesterday)) return;
  const sites = await sitesOf(house, jurisdiction, addDays(told.today, -DAYS));
  const people = await peopleOf(house, district);
  const office = await unitIdOf(
    house,
    jurisdiction,
    district.units.find((unit) => unit.key === 'committee-office')?.name ?? '',
  );
  const usable = sites.filter((site) => people.has(site.townUnitId) && people.has(site.regulatorUnitId));
  if (usable.length === 0) return;
  const places = new Map(usable.map((site) => [site.id, site]));
  const lives = livesOf(await readFindings(), usable, { office }, told.today, told.count);
  const photos = await photographs(house);
  const history = new ProblemHistory();
  const from = told.until === null ? addDays(told.today, -DAYS) : addDays(told.until, 1);
  if (told.until !== null) {
    const until = told.until;
    const begun = lives.flatMap((life, index) => (life.enteredOn <= until ? [idOf(index)] : []));
    for (let at = 0; at < begun.length; at += 2000)
      await history.takeUp(house.db, jurisdiction, begun.slice(at, at + 2000));
  }
  const cast = new Cast(people, office, photos);
  const batches = new BatchTale(house, people, { jurisdiction, office, today: told.today });
  const byDay = new Map<Day, { entries: number[]; steps: { index: number; step: LifeStep }[] }>();
  const on = (day: Day) => {
    const list = byDay.get(day) ?? { entries: [], steps: [] };
    byDay.set(day, list);
    return list;
  };
  lives.forEach((life, index) => {
    on(life.enteredOn).entries.push(index);
    for (const step of life.steps) on(step.on).steps.push({ index, step });
  });
  for (let day = from; day <= yesterday; day = addDays(day, 1)) {
    if (options.stopped?.()) return;
    if (day.endsWith('-01') || day === from)
      await tell(house, `演示数据正在生成：问题台账已到${dayInWords(day)}，稍后会自动补齐至今天。`);
    const today = byDay.get(day);
    // before the day is noted as told: broken off in between, it finds what it did
    await batches.tell(day);
    await perform(houseOn(house, day, 18 * 60), systemActor(jurisdiction), async (act) => {
      if (today) {
        // the hash of the last fact before the day's registrations: nobody knew it when he found something
        const head = await lastHash(act.db, jurisdiction);
        await history.enter(
          act,
          today.entries.flatMap((index) => cast.entry(lives[index] as Life, index, day, places, head) ?? []),
        );
        for (const { index, step } of today.steps) {
          const problem = history.at(idOf(index));
          const deeds = problem ? cast.deeds(lives[index] as Life, index, step, problem) : [];
          cast.waiting.push(...deeds);
        }
        await history.carry(act, cast.takeWaiting());
      }
      const value = JSON.stringify({ ...told, until: day } satisfies Told);
      await sql`
        insert into setting (jurisdiction, name, value) values (${jurisdiction}, ${problemsTold}, ${value}::jsonb)
        on conflict (jurisdiction, name) do update set value = excluded.value`.execute(act.db);
    });
    const changed = (await options.between?.(day)) ?? [];
    if (changed.length > 0) await history.takeUp(house.db, jurisdiction, changed);
  }
  await perform(house, systemActor(jurisdiction), (act) => rollUpFigures(act.db, jurisdiction, told.today));
  await tell(house, '');
  const refusals = [...history.refusals, ...batches.refusals];
  for (const refusal of refusals.slice(0, 5)) log(`演示台账中未能办理：${refusal}`);
  log(
    `演示台账：${lives.length}条问题的经过，至${yesterday}${refusals.length > 0 ? `（${refusals.length}次未能办理）` : ''}`,
  );
}

/** Says on every page how far it is; empty: nothing more to say. */
async function tell(house: House, notice: string): Promise<void> {
  await sql`insert into setting (jurisdiction, name, value) values ('-', 'notice', to_jsonb(${notice}::text))
    on conflict (jurisdiction, name) do update set value = excluded.value`.execute(house.db);
}

/** Gives every life its people, its hours and its pictures. */
class Cast {
  readonly waiting: Deed[] = [];
  readonly #people: People;
  readonly #office: string;
  readonly #photos: { readonly before: readonly Photo[]; readonly after: readonly Photo[] };
  constructor(people: People, office: string, photos: { before: Photo[]; after: Photo[] }) {
    this.#people = people;
    this.#office = office;
    this.#photos = photos;
  }

  takeWaiting(): Deed[] {
    return this.waiting.splice(0);
  }

  #photo(role: BroughtFile['role'], index: number): BroughtFile {
    const list = role === 'before' ? this.#photos.before : this.#photos.after;
    return { ...(list[index % list.length] as Photo), id: randomUUID(), role };
  }

  #registrar(life: Life, index: number): Actor | undefined {
    const people = this.#people;
    const unit = life.finderUnitId;
    if (life.source === 'grid') return people.with(unit, 'gridWorker')[0] ?? people.with(unit, 'clerk')[0];
    const all = [...people.with(unit, 'inspector'), ...people.with(unit, 'clerk', 'officer')];
    return all[index % Math.max(1, all.length)];
  }

  entry(life: Life, index: number, day: Day, places: ReadonlyMap<string, SiteRow>, head: string): Entry | undefined {
    const by = this.#registrar(life, index);
    const place = places.get(life.site.id);
    if (!by || !place) return undefined;
    const pick = chance(index + 11);
    const { drawn, ...draw } = drawOnSpot(head, idOf(index), ON_SPOT_SHARE);
    const draft: NewProblem = {
      id: idOf(index),
      kind: life.kind,
      title: life.title,
      text: life.text,
      source: {
        type: life.source,
        batchId: null,
        originalNumber: null,
        recordKind: null,
        recordId: null,
        finder: life.source === 'guidance' ? '上级督导组' : null,
      },
      foundOn: life.foundOn,
      finderUnitId: life.finderUnitId,
      enterpriseId: life.site.id,
      subject: life.site.name,
      place: {
        address: place.address,
        areaCode: place.areaCode,
        longitude: place.longitude,
        latitude: place.latitude,
        grid: place.grid,
      },
      sector: life.site.sector,
      tags: life.tags,
      planId: null,
      stageId: null,
      taskId: null,
      grade: life.major ? 'major' : 'general',
      measures: life.measures,
      leadUnitId: life.leadUnitId,
      coUnitIds: [],
      supervisingUnitId: life.supervisingUnitId,
      personName: null,
      dueOn: life.dueOn,
      ...(life.fixed === null
        ? {}
        : {
            onSpot: { text: `${life.fixed}。`, drawn, draw },
          }),
    };
    const shown = life.fixed !== null || pick(4) > 0;
    return {
      by,
      at: momentOf(day, 8 * 60 + pick(9 * 60)),
      draft,
      files: [
        ...(shown ? [this.#photo('before', index)] : []),
        ...(life.fixed === null ? [] : [this.#photo('after', index)]),
      ],
    };
  }

  /** Who rechecks: the supervising unit, the finder, the lead unit's other hand; never who worked on it. */
  #checker(problem: Problem): Actor | undefined {
    const apart = (actor: Actor): boolean =>
      actor.accountId !== problem.doneBy && !problem.workers.some((one) => one.accountId === actor.accountId);
    const units = [
      problem.supervisingUnitId,
      problem.finderUnitId,
      ...(problem.grade === 'major' ? [] : [problem.leadUnitId]),
      this.#office,
    ];
    for (const unit of units) {
      if (unit === null || (problem.grade === 'major' && unit === problem.leadUnitId)) continue;
      const found = this.#people.with(unit, 'inspector', 'clerk', 'officer').find(apart);
      if (found) return found;
    }
    return undefined;
  }

  #doer(step: LifeStep, problem: Problem, index: number): Actor | undefined {
    const officers = this.#people.with(this.#office, 'officer');
    switch (step.by) {
      case 'lead':
        return this.#people.with(problem.leadUnitId, 'clerk', 'officer')[0];
      case 'leadHead':
        return (
          this.#people.with(problem.leadUnitId, 'unitLeader')[0] ??
          this.#people.with(problem.leadUnitId, 'clerk', 'officer')[0]
        );
      case 'checker':
        return this.#checker(problem);
      case 'finder':
        return this.#people.with(problem.finderUnitId ?? '', 'clerk', 'inspector', 'officer')[0];
      case 'office':
        return (
          officers.find((one) => one.accountId !== problem.doneBy) ?? officers[index % Math.max(1, officers.length)]
        );
      case 'otherOffice':
        return (
          officers.find(
            (one) =>
              one.accountId !== problem.recheckedBy &&
              one.accountId !== problem.doneBy &&
              one.accountId !== problem.request?.askedBy,
          ) ?? officers[0]
        );
    }
  }

  deeds(life: Life, index: number, step: LifeStep, problem: Problem): Deed[] {
    const by = this.#doer(step, problem, index);
    if (!by) return [];
    const pick = chance(index * 31 + Number(step.on.slice(8)));
    const at = momentOf(step.on, 9 * 60 + pick(8 * 60));
    const base = { by, at, problem: problem.id, files: [] as BroughtFile[] };
    switch (step.do) {
      case 'receive':
        return [{ ...base, action: 'receive', text: '' }];
      case 'report':
        return [{ ...base, action: 'report', text: step.text }];
      case 'done': {
        const five: Deed[] = life.major
          ? fiveParts
              .filter((part) => problem.five[part] === undefined)
              .map((part) => ({
                ...base,
                action: 'setFive',
                part,
                text: fiveTexts[part],
                files: [{ ...this.#photo('document', index + part.length), name: `${part}.png` }],
              }))
          : [];
        const again = problem.sentBack + problem.cycle;
        return [
          ...five,
          { ...base, action: 'reportDone', text: step.text, files: [this.#photo('after', index + again * 5)] },
        ];
      }
      case 'pass':
        if (life.fixed !== null && problem.state !== 'toRecheck') return [];
        return [{ ...base, action: 'passRecheck', text: step.text }];
      case 'fail':
        return [{ ...base, action: 'failRecheck', text: step.text }];
      case 'close':
        return [{ ...base, action: 'close', text: step.text }];
      case 'dispute':
        return [{ ...base, action: 'dispute', text: step.text }];
      case 'settleKeep':
        return [{ ...base, action: 'settleKeep', text: step.text }];
      case 'askUnfounded':
        return [{ ...base, action: 'askUnfounded', text: step.text }];
      case 'askExtension':
        return [{ ...base, action: 'askExtension', text: step.text, newDue: step.newDue }];
      case 'approve':
        return [
          {
            ...base,
            action: problem.request?.kind === 'unfounded' ? 'approveUnfounded' : 'approveExtension',
            text: step.text,
          },
        ];
      case 'reopen':
        return [{ ...base, action: 'reopen', text: step.text, newDue: step.newDue }];
    }
  }
}

/** A minute of a day in the district's time. */
const momentOf = (on: Day, minute: number): Date =>
  new Date(Date.parse(`${dayFrom(on)}T00:00:00+08:00`) + minute * 60_000);
