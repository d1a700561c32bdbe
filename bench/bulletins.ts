import { makeHouse } from '../src/app/house.ts';
import { addDays, day } from '../src/kernel/day.ts';
import { sectionKeys, usualWeights } from '../src/modules/bulletins/bulletin-form.ts';
import { documentOf } from '../src/modules/bulletins/document-words.ts';
import { documentFormOf } from '../src/modules/bulletins/documents.ts';
import { draftOf } from '../src/modules/bulletins/draft.ts';
import { countSnapshot } from '../src/modules/bulletins/server/count.ts';
import { draftDocument } from '../src/modules/letters/server/door.ts';
import { rollUpFigures } from '../src/modules/problems/server/door.ts';
import type { Database } from '../src/platform/db/connect.ts';
import { canonical, sha256 } from '../src/platform/facts/canonical.ts';
import { perform } from '../src/platform/perform.ts';
import { testActor, testHouse } from '../src/platform/testing.ts';
import { atMost, type Measured } from './measured.ts';
import type { SeededProblems } from './seed-problems.ts';

const RUNS = 5;

/** A weekly bulletin over a filled ledger: counting the snapshot, and making the document from it. The slowest run counts. */
export async function measureBulletins(database: Database, seeded: SeededProblems): Promise<Measured[]> {
  const { db } = database;
  const { clock, files, kind } = await testHouse(db, { today: seeded.today });
  const house = makeHouse({ db, files, clock, kind });
  const officer = testActor({ roles: ['officer'], name: '量甲', jurisdiction: seeded.jurisdiction });
  const today = day(seeded.today);
  await rollUpFigures(db, seeded.jurisdiction, today);
  const to = addDays(today, -1);
  const form = {
    id: '00000000-0000-0000-0000-000000000001',
    name: '周通报',
    basis: '测量',
    period: 'week' as const,
    hour: '07:30',
    sections: sectionKeys,
    addressee: '',
    copies: '',
    weights: usualWeights,
    atLeast: 3,
    named: 3,
    requests: [],
    fromOn: day('2020-01-01'),
    toOn: null,
  };
  let counting = 0;
  let making = 0;
  for (let run = 0; run < RUNS; run += 1)
    await perform(house, officer, async (act) => {
      const begun = performance.now();
      const snapshot = await countSnapshot(act, form, { from: addDays(to, -6), to });
      const hash = sha256(canonical(snapshot));
      const counted = performance.now();
      const bulletin = {
        sections: draftOf(snapshot, []),
        chosen: [],
        formName: form.name,
        addressee: '',
        copies: '',
      };
      await draftDocument(act, documentFormOf('week'), documentOf(bulletin, snapshot, hash, 1), to);
      counting = Math.max(counting, counted - begun);
      making = Math.max(making, performance.now() - counted);
    });
  return [
    atMost('weekly bulletin: snapshot', counting / 1000, 3, 's'),
    atMost('weekly bulletin: .docx', making / 1000, 1, 's'),
  ];
}
