import type { Day } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { supervisionApi } from '../../modules/supervision/api.ts';
import { supervisionRoutes } from '../../modules/supervision/server/routes.ts';
import { play } from '../demo/player.ts';
import { at, type Stage } from './stage.ts';

const inListings = play(supervisionApi, supervisionRoutes);
type Row = Awaited<ReturnType<typeof inListings<'listListings'>>>['rows'][number];

/** What the rules of the day refuse (the office does not accept its own work) stays where it is. */
async function unlessRefused(run: () => Promise<unknown>): Promise<void> {
  await run().catch((refused) => {
    if (!(refused instanceof Refusal)) throw refused;
  });
}

/** Those who have a plate ask for the acceptance when they have rectified; it is held, and the plate comes down. */
export async function workOnListings(stage: Stage, on: Day): Promise<void> {
  const { rows } = await inListings(at(stage, on, 9 * 60, stage.officer), 'listListings', {
    query: { state: ['rectifying', 'toAccept', 'accepted'], pageSize: 200 },
  });
  for (const row of rows) await unlessRefused(() => workOn(stage, on, row));
}

async function workOn(stage: Stage, on: Day, row: Row): Promise<void> {
  const { officer, colleague, leader } = stage;
  const params = { id: row.id };
  const body = { version: row.version };
  if (row.state === 'rectifying') {
    const { offers } = await inListings(at(stage, on, 9 * 60, officer), 'viewListing', { params });
    const clerk = stage.people.with(row.leadUnitId, 'clerk')[0];
    if (!clerk || offers.some((one) => one.action === 'apply' && one.says.includes('报告整改完成'))) return;
    await inListings(at(stage, on, 16 * 60, clerk), 'applyAcceptance', {
      params,
      body: { ...body, text: '已经整改到位，申请现场验收。' },
    });
  } else if (row.state === 'toAccept') {
    const { requirements } = await inListings(at(stage, on, 9 * 60, officer), 'viewListing', { params });
    await inListings(at(stage, on, 16 * 60 + 10, officer), 'acceptListing', {
      params,
      body: {
        ...body,
        pass: true,
        heldOn: on,
        place: '现场',
        people: [officer, leader].map(({ name, unitName }) => ({
          name,
          unitName: unitName ?? '',
          post: '验收人员',
          as: 'staff' as const,
        })),
        checks: requirements.map((requirement) => ({ requirement, finding: '已经落实。' })),
        opinion: '符合要求，同意验收。',
      },
    });
  } else
    await inListings(at(stage, on, 16 * 60 + 20, colleague), 'delistListing', {
      params,
      body: { ...body, opinion: '同意摘牌。' },
    });
}
