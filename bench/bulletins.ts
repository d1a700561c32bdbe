import { addDays, day } from '../src/kernel/day.ts';
import { sectionKeys, usualWeights } from '../src/modules/bulletins/bulletin-form.ts';
import { documentOf } from '../src/modules/bulletins/document-words.ts';
import { documentFormOf } from '../src/modules/bulletins/documents.ts';
import { draftOf } from '../src/modules/bulletins/draft.ts';
import { countSnapshot } from '../src/modules/bulletins/server/count.ts';
import { draftDocument } from '../src/modules/letters/server/door.ts';
import type { House } from '../src/platform/act.ts';
import { canonical, sha256 } from '../src/platform/facts/canonical.ts';
import { perform } from '../src/platform/perform.ts';
import { testActor } from '../src/platform/testing.ts';
import type { Work } from './office.ts';
import type { SeededProblems } from './seed-problems.ts';

/** A weekly bulletin over a filled ledger: counting the snapshot, and making the document from it. */
export async function bulletinWork(house: House, seeded: SeededProblems): Promise<Work[]> {
  const officer = testActor({ roles: ['officer'], name: '量甲', jurisdiction: seeded.jurisdiction });
  const to = addDays(day(seeded.today), -1);
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
  const count = () => perform(house, officer, (act) => countSnapshot(act, form, { from: addDays(to, -6), to }));
  const snapshot = await count();
  const hash = sha256(canonical(snapshot));
  const make = () =>
    perform(house, officer, (act) => {
      const bulletin = {
        sections: draftOf(snapshot, []),
        chosen: [],
        formName: form.name,
        addressee: '',
        copies: '',
      };
      return draftDocument(act, documentFormOf('week'), documentOf(bulletin, snapshot, hash, 1), to);
    });
  return [
    { name: 'weekly bulletin: snapshot', limit: 3, run: count },
    { name: 'weekly bulletin: .docx', limit: 1, run: make },
  ];
}
