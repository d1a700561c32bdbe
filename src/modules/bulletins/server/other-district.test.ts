import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '../../../kernel/actor.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { House } from '../../../platform/act.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct } from '../../../platform/testing.ts';
import { filingItems, makeRhythm, openFilings } from '../../filings/server/door.ts';
import { list as filings } from '../../filings/server/list.ts';
import { type Stage, stage } from '../../problems/server/stage.ts';
import { bulletinItems, makeDue, makeForm } from './door.ts';
import { draftAsWord } from './drafts.ts';
import { list, view } from './view.ts';

const sample = JSON.parse(
  readFileSync(new URL('../../../../data/rhythms/monthly-and-quarterly.json', import.meta.url), 'utf8'),
) as {
  rhythms: Omit<Parameters<typeof makeRhythm>[1], 'fromOn' | 'toOn'>[];
  forms: Omit<Parameters<typeof makeForm>[1], 'fromOn' | 'toOn'>[];
};

let s: Stage;
let house: House;
beforeAll(async () => {
  s = await stage();
  house = { ...s.house, items: { ...s.house.items, ...filingItems, ...bulletinItems } };
});
afterAll(async () => s.drop());

it('另一个区的月报、季报和通报只凭数据就能用，一行程序也不改', async () => {
  const at = (day: string) => onDay(house, day);
  const system = systemActor(asJurisdiction('990102'));
  const { officer } = s.people;
  // the group of towns is asked for by its name; here a single town stands for it
  const reporters = ['青石镇'];
  for (const rhythm of sample.rhythms)
    await testAct(at('2026-01-05'), officer, (act) =>
      makeRhythm(act, { ...rhythm, reporters, fromOn: '2026-01-01', toOn: null }),
    );
  for (const form of sample.forms)
    await testAct(at('2026-01-05'), officer, (act) => makeForm(act, { ...form, fromOn: '2026-01-01', toOn: null }));
  await s.register('2026-03-03', 'officer', { leadUnitId: s.units.town });
  await s.register('2026-03-05', 'officer');
  const opened = new Map<string, number>();
  for (const day of ['2026-03-31', '2026-04-01', '2026-04-02', '2026-04-08']) {
    const made = await testAct(at(day), system, (act) => openFilings(act, act.day));
    if (made > 0) opened.set(day, made);
  }
  // the monthly report opens three days before it is due on 3 April, the quarterly one ten days before the 10th
  expect([...opened]).toEqual([['2026-03-31', 2]]);
  const { rows } = await filings(reading(at('2026-04-01'), officer), { dueFrom: '2026-04-01', dueTo: '2026-04-30' });
  expect(rows.map((row) => [row.rhythmName, row.periodWords, row.dueOn]).sort()).toEqual([
    ['典型执法案例季报', '2026年第1季度', '2026-04-10'],
    ['集中整改进展月报', '2026年3月', '2026-04-03'],
  ]);
  const made = await testAct(at('2026-04-01'), system, (act) => makeDue(act, act.day));
  expect(made).toHaveLength(2);
  const found = await list(reading(at('2026-04-01'), officer), {});
  expect(found.rows.map((row) => row.title).sort()).toEqual([
    '季度点评材料（2026年第1季度）',
    '集中整改情况通报（2026年3月）',
  ]);
  for (const row of found.rows) {
    const shown = await view(reading(at('2026-04-01'), officer), row.id);
    expect(shown.flaws).toEqual([]);
    const word = await draftAsWord(reading(at('2026-04-01'), officer), row.id);
    const { text } = await readDocument(new Uint8Array(word.body as Buffer), '材料.docx');
    expect(text).toContain('新增问题隐患2件');
    expect(text).not.toContain('{{');
    expect(text.includes('报送情况')).toBe(row.period === 'month');
  }
});
