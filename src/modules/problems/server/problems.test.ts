import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day as dayOf } from '../../../kernel/day.ts';
import { drawOnSpot } from '../on-spot-draw.ts';
import { fiveParts, type RequestKind } from '../problem.ts';
import { ask } from './ask.ts';
import { close } from './close.ts';
import { correct } from './correct.ts';
import { decideRequest } from './decide-request.ts';
import { dispute } from './dispute.ts';
import { judgeGrade } from './judge-grade.ts';
import { reassign } from './reassign.ts';
import { receive } from './receive.ts';
import { recheck } from './recheck.ts';
import { reopenProblem } from './reopen.ts';
import { report } from './report.ts';
import { reportDone } from './report-done.ts';
import { resume } from './resume.ts';
import { setFive } from './set-five.ts';
import { setPerson } from './set-person.ts';
import { settle } from './settle.ts';
import { type Person, type Stage, seen, stage } from './stage.ts';
import type { Done } from './step.ts';
import { view } from './view.ts';

let s: Stage;
beforeAll(async () => {
  s = await stage();
});
afterAll(async () => s.drop());

const look = (day: string, who: Person, id: string) => s.act(day, who, (act) => view(act, id));
const kinds = async (id: string): Promise<string[]> => {
  const shown = await look('2026-12-31', 'officer', id);
  return shown.facts.map((fact) => fact.kind.replace('problem.', '')).reverse();
};

/** Received and reported done by the clerk, with a photo. */
async function done(day: string, made: Pick<Done, 'id' | 'version'>, who: Person = 'clerk'): Promise<Done> {
  const received = await s.act(day, who, (act) => receive(act, seen(made)));
  const photo = await s.photo(day, who, made.id);
  return s.act(day, who, (act) =>
    reportDone(act, { ...seen(received), text: '已更换护栏并加固。', evidence: [photo] }),
  );
}

describe('一条问题的一生', () => {
  it('登记、签收、整改、复查、销号：编号、时限、经手人都在，照片和记录可以核对', async () => {
    const made = await s.register('2026-03-02', 'inspector', {
      foundOn: '2026-03-01',
      supervisingUnitId: s.units.fire,
    });
    expect(made.number).toMatch(/^问-2026-\d{4}$/);
    expect(made.state).toBe('toReceive');
    const finished = await done('2026-03-05', made);
    expect(finished.state).toBe('toRecheck');
    const closed = await s.act('2026-03-06', 'fire', (act) =>
      recheck(act, { ...seen(finished), pass: true, opinion: '现场查看，已加固。' }),
    );
    expect(closed.state).toBe('closed');
    const shown = await look('2026-03-06', 'officer', made.id);
    expect(shown.problem.closedOn).toBe('2026-03-06');
    expect(shown.done).toEqual({ on: '2026-03-05', byName: 'clerk' });
    expect(shown.rechecked?.byName).toBe('fire');
    expect(shown.photos.map((photo) => photo.role)).toEqual(['after']);
    expect(await kinds(made.id)).toEqual(['registered', 'received', 'file.attached', 'done', 'closed']);
  });

  it('上级交办的问题复查通过后还要由安委办销号，不予销号的退回整改并计一次退回', async () => {
    const made = await s.register('2026-03-02', 'officer', { source: 'handedOver', originalNumber: '移交3' });
    const finished = await done('2026-03-05', made);
    const rechecked = await s.act('2026-03-06', 'officer', (act) =>
      recheck(act, { ...seen(finished), pass: true, opinion: '看过。' }),
    );
    expect(rechecked.state).toBe('toClose');
    expect(
      await s.refusal(
        s.act('2026-03-06', 'officer', (act) => close(act, { ...seen(rechecked), approve: true, opinion: '同意' })),
      ),
    ).toContain('不能销号');
    const back = await s.act('2026-03-07', 'officer2', (act) =>
      close(act, { ...seen(rechecked), approve: false, opinion: '照片看不清，请补。' }),
    );
    expect(back.state).toBe('underway');
    const photo = await s.photo('2026-03-08', 'clerk', made.id);
    const again = await s.act('2026-03-08', 'clerk', (act) =>
      reportDone(act, { ...seen(back), text: '补拍了照片。', evidence: [photo] }),
    );
    const passed = await s.act('2026-03-09', 'officer', (act) =>
      recheck(act, { ...seen(again), pass: true, opinion: '清楚了。' }),
    );
    const closed = await s.act('2026-03-09', 'officer2', (act) =>
      close(act, { ...seen(passed), approve: true, opinion: '同意销号。' }),
    );
    expect(closed.state).toBe('closed');
    expect((await look('2026-03-09', 'officer', made.id)).problem.sentBack).toBe(1);
  });

  it('复查退回后，上一轮的材料不算数，要有新的材料才能再报完成', async () => {
    const made = await s.register('2026-03-02', 'inspector');
    const photo = await s.photo('2026-03-03', 'clerk', made.id);
    const received = await s.act('2026-03-03', 'clerk', (act) => receive(act, seen(made)));
    const finished = await s.act('2026-03-03', 'clerk', (act) =>
      reportDone(act, { ...seen(received), text: '已修。', evidence: [photo] }),
    );
    const back = await s.act('2026-03-04', 'officer', (act) =>
      recheck(act, { ...seen(finished), pass: false, opinion: '只修了一半。' }),
    );
    expect(back.state).toBe('underway');
    const reuse = s.act('2026-03-05', 'clerk', (act) =>
      reportDone(act, { ...seen(back), text: '已修。', evidence: [photo] }),
    );
    expect(await s.refusal(reuse)).toContain('整改后的照片');
    const fresh = await s.photo('2026-03-05', 'clerk', made.id);
    const again = await s.act('2026-03-05', 'clerk', (act) =>
      reportDone(act, { ...seen(back), text: '全部修好。', evidence: [fresh] }),
    );
    const closed = await s.act('2026-03-06', 'clerk2', (act) =>
      recheck(act, { ...seen(again), pass: true, opinion: '好了。' }),
    );
    expect(closed.state).toBe('closed');
    expect((await look('2026-03-06', 'officer', made.id)).problem.sentBack).toBe(1);
  });

  it('有异议由安委办裁定：维持的重新签收，改派的由新单位签收', async () => {
    const made = await s.register('2026-03-02', 'fireInspector');
    const disputed = await s.act('2026-03-03', 'clerk', (act) =>
      dispute(act, { ...seen(made), reason: '不属于住房部门。' }),
    );
    expect(disputed.state).toBe('disputed');
    expect((await look('2026-03-25', 'officer', made.id)).problem.lamp).toBe('grey');
    const kept = await s.act('2026-03-04', 'officer', (act) =>
      settle(act, { ...seen(disputed), keep: true, reason: '职责清楚。' }),
    );
    expect(kept.state).toBe('toReceive');
    const again = await s.act('2026-03-05', 'head', (act) => dispute(act, { ...seen(kept), reason: '请再研究。' }));
    const moved = await s.act('2026-03-06', 'officer', (act) =>
      settle(act, { ...seen(again), keep: false, unitId: s.units.town, reason: '属地整改。' }),
    );
    const received = await s.act('2026-03-06', 'townClerk', (act) => receive(act, seen(moved)));
    expect(received.state).toBe('underway');
    expect(
      await s.refusal(s.act('2026-03-06', 'clerk', (act) => report(act, { id: made.id, text: '进展' }))),
    ).toContain('没有找到');
  });

  it('改派后原单位的申请作废，新单位重新签收', async () => {
    const made = await s.register('2026-03-02', 'officer');
    const asked = await s.act('2026-03-03', 'clerk', (act) =>
      ask(act, { ...seen(made), kind: 'extension', reason: '等材料。', newDue: '2026-04-10' }),
    );
    const moved = await s.act('2026-03-04', 'officer', (act) =>
      reassign(act, { ...seen(asked), unitId: s.units.fire, reason: '由消防牵头。' }),
    );
    const shown = await look('2026-03-04', 'officer', made.id);
    expect(shown.requests[0]?.opinion).toBe('问题已改派，申请作废');
    expect(shown.problem.leadUnitName).toBe('松涛区消防大队');
    expect((await s.act('2026-03-05', 'fire', (act) => receive(act, seen(moved)))).state).toBe('underway');
  });

  it('延期：到期之前、由他人批准、计次数、原时限留痕，超过次数不再受理', async () => {
    const made = await s.register('2026-03-02', 'officer', { dueOn: '2026-03-10' });
    let now: Done = await s.act('2026-03-03', 'clerk', (act) => receive(act, seen(made)));
    for (const newDue of ['2026-03-15', '2026-03-20']) {
      now = await s.act('2026-03-09', 'clerk', (act) =>
        ask(act, { ...seen(now), kind: 'extension', reason: '配件未到。', newDue }),
      );
      now = await s.act('2026-03-09', 'officer', (act) =>
        decideRequest(act, { ...seen(now), approve: true, opinion: '同意。' }),
      );
    }
    const shown = await look('2026-03-10', 'officer', made.id);
    expect(shown.problem).toMatchObject({ firstDueOn: '2026-03-10', dueOn: '2026-03-20', extensions: 2 });
    expect(shown.lampSentence).toContain('最初的时限是2026年3月10日');
    const third = s.act('2026-03-15', 'clerk', (act) =>
      ask(act, { ...seen(now), kind: 'extension', reason: '再延。', newDue: '2026-04-10' }),
    );
    expect(await s.refusal(third)).toContain('延期次数已经用完');
  });

  it('撤回、并入、查不属实、列入治理计划，都要有理由、由另一个人批准', async () => {
    const keep = await s.register('2026-03-02', 'inspector');
    const ends: [RequestKind, Person, string][] = [
      ['withdrawal', 'inspector', 'withdrawn'],
      ['merge', 'inspector', 'merged'],
      ['unfounded', 'clerk', 'unfounded'],
      ['plan', 'clerk', 'planned'],
    ];
    for (const [kind, who, state] of ends) {
      const made = await s.register('2026-03-02', 'inspector');
      let now: Done = await s.act('2026-03-03', 'clerk', (act) => receive(act, seen(made)));
      if (kind === 'unfounded') {
        now = await s.act('2026-03-03', 'clerk', (act) => report(act, { id: made.id, text: '现场核查，护栏牢固。' }));
      }
      now = await s.act('2026-03-04', who, (act) =>
        ask(act, {
          ...seen(now),
          kind,
          reason: '情况说明如下。',
          newDue: '2026-09-30',
          targetId: keep.id,
          controlMeasures: '封闭阳台，专人看守。',
        }),
      );
      const own = s.act('2026-03-04', who, (act) =>
        decideRequest(act, { ...seen(now), approve: true, opinion: '同意' }),
      );
      expect(await s.refusal(own)).not.toBe('done');
      now = await s.act('2026-03-05', 'officer', (act) =>
        decideRequest(act, { ...seen(now), approve: true, opinion: '情况属实，同意。' }),
      );
      expect(now.state).toBe(state);
      const shown = await look('2026-03-05', 'officer', made.id);
      expect(shown.requests[0]).toMatchObject({ kind, decision: 'approved', decidedByName: 'officer' });
      if (kind === 'merge') expect(shown.mergedInto?.number).toBe(keep.number);
      if (kind === 'plan') {
        expect(shown).toMatchObject({ controlMeasures: '封闭阳台，专人看守。' });
        expect(shown.problem).toMatchObject({ dueOn: '2026-09-30', firstDueOn: '2026-03-20', lamp: 'grey' });
        now = await s.act('2026-05-01', 'clerk', (act) => resume(act, { ...seen(now), reason: '具备整改条件。' }));
        expect(now.state).toBe('underway');
      }
    }
    expect((await look('2026-03-05', 'officer', keep.id)).mergedHere).toHaveLength(1);
  });

  it('重大隐患：判定记下标准版本和条款，五落实不全不能报完成，由另一单位复查，再由安委办销号', async () => {
    const made = await s.register('2026-03-02', 'fireInspector', { dueOn: '2026-04-30' });
    const judged = await s.act('2026-03-02', 'officer', (act) =>
      judgeGrade(act, {
        ...seen(made),
        grade: 'major',
        criteriaId: s.criteriaId,
        clauses: ['示例1', '示例6'],
        reason: '出口全部上锁。',
      }),
    );
    const shown = await look('2026-03-02', 'officer', made.id);
    expect(shown.judgement).toMatchObject({
      grade: 'major',
      criteriaName: '示例，非法定文本',
      criteriaVersion: '示例一',
      byName: 'officer',
      on: '2026-03-02',
    });
    expect(shown.judgement?.clauses.map((one) => one.code)).toEqual(['示例1', '示例6']);
    let now: Done = await s.act('2026-03-03', 'clerk', (act) => receive(act, seen(judged)));
    const photo = await s.photo('2026-03-10', 'clerk', made.id);
    const early = s.act('2026-03-10', 'clerk', (act) =>
      reportDone(act, { ...seen(now), text: '已打开出口。', evidence: [photo] }),
    );
    expect(await s.refusal(early)).toContain('五落实');
    for (const part of fiveParts) {
      const paper = await s.photo('2026-03-10', 'clerk', made.id, 'document');
      now = await s.act('2026-03-10', 'clerk', (act) =>
        setFive(act, { ...seen(now), part, text: '已经落实。', on: '2026-03-09', fileIds: [paper.fileId] }),
      );
    }
    now = await s.act('2026-03-11', 'clerk', (act) =>
      reportDone(act, { ...seen(now), text: '已打开出口。', evidence: [photo] }),
    );
    const sameUnit = s.act('2026-03-12', 'clerk2', (act) =>
      recheck(act, { ...seen(now), pass: true, opinion: '好了' }),
    );
    expect(await s.refusal(sameUnit)).toContain('责任单位以外的单位');
    now = await s.act('2026-03-12', 'fireInspector', (act) =>
      recheck(act, { ...seen(now), pass: true, opinion: '出口畅通。' }),
    );
    expect(now.state).toBe('toClose');
    now = await s.act('2026-03-13', 'officer2', (act) =>
      close(act, { ...seen(now), approve: true, opinion: '同意销号。' }),
    );
    expect(now.state).toBe('closed');
  });

  it('立查立改：前后照片齐全当场销号；抽中的由他人复查；抽签任何人都能重算', async () => {
    const outcomes = new Set<boolean>();
    for (let at = 0; at < 30 && outcomes.size < 2; at++) {
      const id = randomUUID();
      const before = await s.photo('2026-03-02', 'grid', id, 'before');
      const after = await s.photo('2026-03-02', 'grid', id, 'after');
      const made = await s.register('2026-03-02', 'grid', {
        id,
        source: 'grid',
        dueOn: null,
        leadUnitId: null,
        evidence: [before, after],
        fixed: { text: '当场清理了堵在楼道的杂物。' },
      });
      outcomes.add(made.drawn);
      expect(made.state).toBe(made.drawn ? 'toRecheck' : 'closed');
      const fact = await sql<{ data: { onSpot: { head: string; share: number; value: number; drawn: boolean } } }>`
        select data from fact where item_id = ${id} and seq = 1`.execute(s.house.db);
      const told = fact.rows[0]?.data.onSpot;
      expect(drawOnSpot(told?.head ?? '', id, told?.share ?? 0)).toEqual(told);
      if (made.drawn) {
        const own = s.act('2026-03-03', 'grid', (act) => recheck(act, { ...seen(made), pass: true, opinion: '好' }));
        expect(await s.refusal(own)).not.toBe('done');
        const closed = await s.act('2026-03-03', 'townClerk', (act) =>
          recheck(act, { ...seen(made), pass: true, opinion: '楼道畅通。' }),
        );
        expect(closed.state).toBe('closed');
      }
    }
    expect(outcomes.size).toBe(2);
  });

  it('重新打开：同一编号、第二轮、新的时限；上一轮谁整改、谁复查、何时销号仍在记录里', async () => {
    const made = await s.register('2026-03-02', 'inspector');
    const finished = await done('2026-03-05', made);
    const closed = await s.act('2026-03-06', 'officer', (act) =>
      recheck(act, { ...seen(finished), pass: true, opinion: '好了。' }),
    );
    const open = await s.act('2026-05-06', 'officer2', (act) =>
      reopenProblem(act, { ...seen(closed), reason: '回头看发现又松动。', dueOn: dayOf('2026-05-20') }),
    );
    expect(open).toMatchObject({ number: made.number, state: 'underway' });
    const shown = await look('2026-05-06', 'officer', made.id);
    expect(shown.problem).toMatchObject({ cycle: 2, firstDueOn: '2026-03-20', dueOn: '2026-05-20', closedOn: null });
    const fact = await sql<{ data: { closed: Record<string, string> } }>`
      select data from fact where item_id = ${made.id} and kind = 'problem.reopened'`.execute(s.house.db);
    expect(fact.rows[0]?.data.closed).toMatchObject({
      on: '2026-03-06',
      doneByName: 'clerk',
      recheckedByName: 'officer',
    });
  });

  it('更正登记内容要写理由，改前改后都留痕；报过完成以后，问题描述封存', async () => {
    const made = await s.register('2026-03-02', 'inspector');
    const corrected = await s.act('2026-03-03', 'inspector', (act) =>
      correct(act, {
        ...seen(made),
        reason: '楼层写错。',
        changes: { text: '四楼阳台护栏松动。', tags: ['岗位责任'] },
      }),
    );
    const shown = await look('2026-03-03', 'officer', made.id);
    expect(shown.text).toBe('四楼阳台护栏松动。');
    expect(shown.facts[0]?.says).toContain('更正问题描述、标签');
    const finished = await done('2026-03-04', corrected);
    const back = await s.act('2026-03-05', 'officer', (act) =>
      recheck(act, { ...seen(finished), pass: false, opinion: '没有修好。' }),
    );
    const bend = s.act('2026-03-06', 'inspector', (act) =>
      correct(act, { ...seen(back), reason: '改轻一点。', changes: { text: '护栏掉漆。' } }),
    );
    expect(await s.refusal(bend)).toContain('封存');
    expect((await look('2026-03-06', 'inspector', made.id)).correctable).toEqual(['tags']);
  });

  it('两个人同时打开：后提交的被告知谁已经办了什么', async () => {
    const made = await s.register('2026-03-02', 'inspector');
    await s.act('2026-03-03', 'clerk', (act) => receive(act, seen(made)));
    const late = s.act('2026-03-03', 'clerk2', (act) => setPerson(act, { ...seen(made), personName: '某甲' }));
    expect(await s.refusal(late)).toMatch(/在您打开之后已由.*clerk.*签收/);
  });

  it('网格员可以处理本镇牵头的问题，但申请、异议由镇里办', async () => {
    const made = await s.register('2026-03-02', 'inspector', { leadUnitId: s.units.town });
    const received = await s.act('2026-03-03', 'grid', (act) => receive(act, seen(made)));
    const no = s.act('2026-03-03', 'grid', (act) => dispute(act, { ...seen(received), reason: '不想办。' }));
    expect(await s.refusal(no)).toContain('您不在其列');
    const photo = await s.photo('2026-03-04', 'grid', made.id);
    const finished = await s.act('2026-03-04', 'grid', (act) =>
      reportDone(act, { ...seen(received), text: '已清理。', evidence: [photo] }),
    );
    expect(finished.state).toBe('toRecheck');
  });

  it('同一份报告送来五次，只有一条；换了内容的，告知已登记的编号', async () => {
    const id = randomUUID();
    const [first, ...others] = await Promise.all(
      Array.from({ length: 5 }, () => s.register('2026-03-02', 'grid', { id, source: 'grid' })),
    );
    expect(new Set([first, ...others].map((one) => one?.number)).size).toBe(1);
    expect([first, ...others].filter((one) => one?.known === false)).toHaveLength(1);
    const other = s.register('2026-03-02', 'grid', { id, source: 'grid', text: '另一件事。' });
    expect(await s.refusal(other)).toContain(`已经登记为${first?.number}`);
    const stranger = s.register('2026-03-02', 'grid2', { id, source: 'grid' });
    const says = await s.refusal(stranger);
    expect(says).toContain('没有登记');
    expect(says).not.toContain(first?.number);
  });

  it('没有时限、没有责任单位、时限已过、发现日在将来的，都不能登记，并说明缺什么', async () => {
    for (const [over, says] of [
      [{ dueOn: null }, '整改时限'],
      [{ leadUnitId: null }, '责任单位'],
      [{ dueOn: '2026-02-01' }, '早于今天'],
      [{ foundOn: '2026-03-09' }, '晚于今天'],
      [{ foundOn: '2026-02-30' }, '没有“2026-02-30”这一天'],
      [{ text: '  ' }, '发现了什么问题'],
      [{ leadUnitId: randomUUID() }, '单位名录'],
      [{ grade: 'major' as const }, '勾选一条判定标准'],
    ] as const)
      expect(await s.refusal(s.register('2026-03-02', 'inspector', over))).toContain(says);
  });
});

describe('随便怎么走', () => {
  it('一个人用尽所有办法也销不了自己整改的号；编号不重用；记录链完好，统计与问题相符', async () => {
    const moves = [
      'receive',
      'report',
      'done',
      'pass',
      'fail',
      'dispute',
      'ask',
      'approve',
      'close',
      'person',
    ] as const;
    const tried = fc.asyncProperty(
      fc.array(fc.constantFrom(...moves), { minLength: 5, maxLength: 14 }),
      fc.constantFrom<Person>('clerk', 'head', 'officer'),
      async (walk, alone) => {
        const made = await s.register('2026-04-01', alone, { leadUnitId: s.people[alone].unitId, dueOn: '2026-04-20' });
        let now: Pick<Done, 'id' | 'version' | 'state'> = made;
        for (const move of walk) {
          const photo = move === 'done' ? await s.photo('2026-04-02', alone, made.id) : null;
          const step = s.act('2026-04-02', alone, (act): Promise<Done> => {
            switch (move) {
              case 'receive':
                return receive(act, seen(now));
              case 'report':
                return report(act, { id: now.id, text: '进展' });
              case 'done':
                return reportDone(act, { ...seen(now), text: '完成', evidence: photo ? [photo] : [] });
              case 'pass':
              case 'fail':
                return recheck(act, { ...seen(now), pass: move === 'pass', opinion: '意见' });
              case 'dispute':
                return dispute(act, { ...seen(now), reason: '异议' });
              case 'ask':
                return ask(act, { ...seen(now), kind: 'withdrawal', reason: '撤回' });
              case 'approve':
                return decideRequest(act, { ...seen(now), approve: true, opinion: '同意' });
              case 'close':
                return close(act, { ...seen(now), approve: true, opinion: '同意' });
              case 'person':
                return setPerson(act, { ...seen(now), personName: '某乙' });
            }
          });
          const says = await s.refusal(
            step.then((next) => {
              now = next;
            }),
          );
          if (says !== 'done') continue;
          expect(['closed', 'withdrawn', 'merged', 'unfounded']).not.toContain(now.state);
        }
      },
    );
    await fc.assert(tried, { numRuns: 25 });
    const numbers = await sql<{ n: number; d: number; last: number }>`
      select count(*)::int as n, count(distinct number)::int as d,
        (select last from number_series where series = '问' and year = 2026) as last from problem`.execute(s.house.db);
    expect(numbers.rows[0]?.n).toBe(numbers.rows[0]?.d);
    expect(numbers.rows[0]?.n).toBe(numbers.rows[0]?.last);
    expect(await s.findings()).toEqual([]);
  }, 120_000);
});
