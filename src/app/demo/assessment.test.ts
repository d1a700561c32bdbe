import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { freshDatabase } from '../../platform/db/testing.ts';
import { verify } from '../../platform/facts/verify.ts';
import { testHouse } from '../../platform/testing.ts';
import { itemKinds, permissions } from '../house.ts';
import { tellAssessment } from './assessment.ts';
import { seedDemonstration } from './seed.ts';

it('演示地区有今年的考核：镇街自评中，成员单位公示中，有一条否决、一件申诉、一次表彰、两项个人考核', async () => {
  const database = await freshDatabase();
  try {
    const house = { ...(await testHouse(database.db, { today: '2026-11-22', items: itemKinds, permissions })) };
    await seedDemonstration(house, day('2026-11-22'));
    await tellAssessment(house);
    const states = await sql<{ state: string }>`select state from assessment_scheme order by state`.execute(house.db);
    expect(states.rows.map((row) => row.state)).toEqual(['selfFiling', 'shown']);
    const counts = await sql<{ sheets: number; self: number; vetoes: number; appeals: number }>`select
      (select count(*)::int from score_sheet) as sheets, (select count(*)::int from score_sheet where self_on is not null) as self,
      (select count(*)::int from veto_event where state = 'confirmed') as vetoes,
      (select count(*)::int from assessment_appeal where state = 'filed') as appeals`.execute(house.db);
    expect(counts.rows[0]).toEqual({ sheets: 22, self: 15, vetoes: 1, appeals: 1 });
    const awards = await sql<{ state: string }>`select state from award order by state`.execute(house.db);
    expect(awards.rows.map((row) => row.state)).toEqual(['awardShown', 'nominating']);
    const reviews = await sql<{ state: string }>`select state from leader_review order by state`.execute(house.db);
    expect(reviews.rows.map((row) => row.state)).toEqual(['reviewCollected', 'reviewRunning']);
    const found = (await verify(house.db, house.items, house.files)).findings;
    expect(found.filter((one) => /考核|否决|申诉|评选/.test(`${one.where}${one.says}`))).toEqual([]);
  } finally {
    await database.drop();
  }
}, 180_000);
