import { sql } from 'kysely';
import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day, daysBetween } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { problemsApi } from '../../modules/problems/api.ts';
import { batchesApi } from '../../modules/problems/api-batches.ts';
import { batchReadingsFinished } from '../../modules/problems/server/door.ts';
import { problemsRoutes } from '../../modules/problems/server/routes.ts';
import type { House } from '../../platform/act.ts';
import { filesApi } from '../../platform/files/api.ts';
import { fileRoutes } from '../../platform/files/routes.ts';
import { houseOn } from './adoption.ts';
import { type DemoList, demoList, type Named } from './documents/lists.ts';
import { picture } from './evidence.ts';
import type { People } from './people.ts';
import { type Moment, play, ScriptMistake, uploadOf } from './player.ts';

const inProblems = play(problemsApi, problemsRoutes);
const inBatches = play(batchesApi, problemsRoutes);
const inFiles = play(filesApi, fileRoutes);

type Deed = 'receive' | 'report' | 'done' | 'back' | 'pass' | 'close';

/** Days before today on which the two lists came, and the first was registered. */
const RECEIVED = -34;
const REGISTERED = -33;
const WAITING = -1;

/** What becomes of the lines of the first list, in their order: days from today, and what is done. */
const fates: readonly (readonly (readonly [number, Deed])[])[] = [
  [
    [-32, 'receive'],
    [-26, 'done'],
    [-24, 'pass'],
    [-23, 'close'],
  ],
  [
    [-32, 'receive'],
    [-27, 'done'],
    [-25, 'back'],
    [-23, 'done'],
    [-22, 'pass'],
    [-20, 'close'],
  ],
  [
    [-31, 'receive'],
    [-28, 'done'],
    [-27, 'pass'],
    [-26, 'close'],
  ],
  [
    [-31, 'receive'],
    [-25, 'report'],
    [-19, 'done'],
    [-17, 'pass'],
    [-16, 'close'],
  ],
  [
    [-32, 'receive'],
    [-14, 'done'],
    [-11, 'pass'],
    [-9, 'close'],
  ],
  [
    [-30, 'receive'],
    [-13, 'done'],
    [-8, 'pass'],
    [-5, 'close'],
  ],
  [
    [-30, 'receive'],
    [-7, 'done'],
    [-4, 'pass'],
  ],
  [
    [-31, 'receive'],
    [-3, 'done'],
  ],
  [
    [-29, 'receive'],
    [-12, 'report'],
  ],
  [
    [-28, 'receive'],
    [-10, 'report'],
  ],
  [
    [-30, 'receive'],
    [-21, 'report'],
  ],
  [],
] as const;

const words: Readonly<Record<Deed, string>> = {
  receive: '',
  report: '已制定整改方案，正在实施，预计按时完成。',
  done: '已按整改要求逐项落实，经自查符合要求。',
  back: '现场查看有一处没有改到位，请继续整改。',
  pass: '现场查看，符合整改要求。',
  close: '材料齐全，同意销号。',
};

/**
 * Two lists of the city: one that was registered a month ago and is half closed, one that came yesterday and waits for its
 * review. Told through the rooms' own routes, each day in its turn; what was told of a day before is not told again.
 */
export class BatchTale {
  readonly #base: House;
  readonly #people: People;
  readonly #office: string;
  readonly #jurisdiction: string;
  readonly #today: Day;
  readonly refusals: string[] = [];

  /** `today` is the day on which the demonstration was begun: everything is dated relative to it. */
  constructor(base: House, people: People, of: { jurisdiction: string; office: string; today: Day }) {
    this.#base = base;
    this.#people = people;
    this.#jurisdiction = of.jurisdiction;
    this.#office = of.office;
    this.#today = of.today;
  }

  /** Tells what happened on the day. */
  async tell(on: Day): Promise<void> {
    const at = daysBetween(this.#today, on);
    const [first, second] = this.#people.with(this.#office, 'officer');
    if (!first || !second || at < RECEIVED) return;
    try {
      if (at === RECEIVED) await this.#import('feedback-list', on, first);
      if (at === REGISTERED) await this.#register('feedback-list', on, first);
      if (at === WAITING) await this.#import('handover-list', on, first);
      if (at > REGISTERED) await this.#work(at, on, first, second);
    } catch (refused) {
      if (!(refused instanceof Refusal || refused instanceof ScriptMistake)) throw refused;
      this.refusals.push(`${on} ${refused.message}`);
    }
  }

  async #fileOf(name: DemoList) {
    const found = await sql<Named & { sector: string }>`
      select e.name, coalesce(e.address, '') as address, u.short_name as unit, e.sector from enterprise e
      join unit u on u.jurisdiction = e.jurisdiction and u.id = e.regulator_unit_id
      where e.jurisdiction = ${this.#jurisdiction} and e.state = 'active' and e.merged_into is null
      order by e.serial`.execute(this.#base.db);
    return demoList(name, this.#today, (sector, nth) => {
      const named = found.rows.filter((row) => row.sector === sector)[nth - 1];
      if (named === undefined) throw new ScriptMistake(`no enterprise ${nth} of ${sector}`);
      return named;
    });
  }

  async #idOf(fileName: string): Promise<string | null> {
    const found = await sql<{ id: string }>`select id from problem_batch
      where jurisdiction = ${this.#jurisdiction} and file_name = ${fileName} order by imported_at limit 1`.execute(
      this.#base.db,
    );
    return found.rows[0]?.id ?? null;
  }

  async #import(name: DemoList, on: Day, by: Actor): Promise<void> {
    const { bytes, fileName } = await this.#fileOf(name);
    const house = houseOn(this.#base, on, 9 * 60);
    if ((await this.#idOf(fileName)) === null)
      await inBatches({ house, actor: by }, 'importBatch', { upload: await uploadOf(house, fileName, bytes) });
    // begun just now, or by the start of the process where the last one ended in the middle of it
    await batchReadingsFinished();
  }

  /** Settles what the list left open, as a reviewer does, and registers its lines. */
  async #register(name: DemoList, on: Day, by: Actor): Promise<void> {
    const id = await this.#idOf((await this.#fileOf(name)).fileName);
    if (id === null) return;
    const at = { house: houseOn(this.#base, on, 10 * 60), actor: by };
    const params = { id };
    let view = await inBatches(at, 'readBatch', { params });
    if (view.batch.state !== 'reviewing') return;
    const usual = addDays(on, view.usualDays.general);
    for (const line of view.lines) {
      const [enterprise] = line.enterprises;
      const changes = {
        ...(enterprise ? { enterpriseId: enterprise.id } : {}),
        ...(line.dueOn === null ? { dueOn: usual } : {}),
      };
      if (line.state !== 'open' || Object.keys(changes).length === 0) continue;
      const { version } = view.batch;
      view = await inBatches(at, 'reviewBatch', {
        params,
        body: { version, operation: { do: 'edit', lines: [line.id], changes } },
      });
    }
    await inBatches({ ...at, house: houseOn(this.#base, on, 10 * 60 + 20) }, 'registerBatch', {
      params,
      body: { version: view.batch.version },
    });
  }

  async #work(at: number, on: Day, first: Actor, second: Actor): Promise<void> {
    const todays = fates.flatMap((fate, line) =>
      fate.filter(([day]) => day === at).map(([, deed]) => ({ line, deed })),
    );
    if (todays.length === 0) return;
    const id = await this.#idOf((await this.#fileOf('feedback-list')).fileName);
    if (id === null) return;
    const { lines } = await inBatches({ house: houseOn(this.#base, on, 9 * 60), actor: first }, 'readBatch', {
      params: { id },
    });
    for (const { line, deed } of todays) {
      const problem = lines[line]?.problem;
      if (!problem) continue;
      await this.#do(deed, problem.id, { house: houseOn(this.#base, on, 9 * 60 + 17 * line), actor: first }, second);
    }
  }

  async #do(deed: Deed, id: string, office: Moment, closer: Actor): Promise<void> {
    const params = { id };
    const { problem, offers } = await inProblems(office, 'viewProblem', { params });
    const [clerk] = this.#people.with(problem.leadUnitId, 'clerk', 'officer');
    if (!clerk) return;
    const lead = { ...office, actor: clerk };
    const { version } = problem;
    const text = words[deed];
    switch (deed) {
      case 'receive':
        if (problem.state === 'toReceive') await inProblems(lead, 'receiveProblem', { params, body: { version } });
        return;
      case 'report':
        await inProblems(lead, 'reportProblem', { params, body: { text, evidence: [] } });
        return;
      case 'done': {
        if (problem.state !== 'underway') return;
        const { name, bytes } = picture('整改后.png', Number(problem.number.slice(-4)) * 3 + version);
        const { id: fileId } = await inFiles(lead, 'addFile', {
          query: { itemKind: 'problem', itemId: id },
          upload: await uploadOf(office.house, name, bytes),
        });
        const evidence = [{ fileId, role: 'after' as const }];
        await inProblems(lead, 'reportProblemDone', { params, body: { version, text, evidence } });
        return;
      }
      case 'back':
      case 'pass':
        if (problem.state !== 'toRecheck' || !offers.some((one) => one.action === 'passRecheck' && one.may)) return;
        await inProblems(office, 'recheckProblem', { params, body: { version, pass: deed === 'pass', opinion: text } });
        return;
      case 'close':
        if (problem.state === 'toClose')
          await inProblems({ ...office, actor: closer }, 'closeProblem', {
            params,
            body: { version, approve: true, opinion: text },
          });
        return;
    }
  }
}
