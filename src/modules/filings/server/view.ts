import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Reading } from '../../../platform/act.ts';
import type { filingsApi } from '../api.ts';
import type { KnownFigure } from '../filing.ts';
import { type FilingAction, filingLifecycle } from '../lifecycle.ts';
import { knownWords } from '../rhythm.ts';
import { judge } from '../situation.ts';
import { turnWords } from './act.ts';
import { knownOf } from './known.ts';
import { linesOf } from './lines.ts';
import { filesOfFiling, filingById, versionsOf } from './store.ts';
import { turnsOf } from './store-turns.ts';

type View = ResponseOf<typeof filingsApi.viewReport>;

const shown = (figures: readonly KnownFigure[]): NonNullable<View['now']> =>
  figures.map((one) => ({ ...one, word: knownWords[one.key], query: { ...one.query } }));

/** One filing with every version and, while it is not filed, what would be locked into it now. */
export async function view(reading: Reading, id: string): Promise<View> {
  const { db, actor, day, now } = reading;
  const { filing, rhythm } = await filingById(db, reading.scope, id);
  const [line] = await linesOf(db, [filing], now);
  if (!line) throw new Error('a filing without a line');
  const own = filing.jurisdiction === actor.jurisdiction;
  const { id: _id, jurisdiction: _jurisdiction, ...asked } = rhythm;
  const versions = await versionsOf(db, [filing.jurisdiction], [filing.id]);
  const waits = filing.state === 'toFile' || filing.state === 'returned';
  return {
    filing: line,
    rhythm: {
      ...asked,
      reporters: [...asked.reporters],
      fields: asked.fields.map((field) => ({ ...field, options: [...field.options] })),
      known: [...asked.known],
    },
    now: waits
      ? shown(
          await knownOf(reading, filing.jurisdiction, {
            unitId: filing.unitId,
            from: filing.periodFrom,
            to: filing.periodTo,
            keys: rhythm.known,
          }),
        )
      : null,
    versions: versions.map((one) => ({
      no: one.no,
      filled: {
        ...one.filled,
        values: { ...one.filled.values },
        cases: [...one.filled.cases],
        practices: [...one.filled.practices],
        fileIds: [...(one.filled.fileIds ?? [])],
      },
      known: shown(one.known),
      knownSha256: one.knownSha256,
      reason: one.reason,
      byName: one.byName,
      at: one.at.toISOString(),
    })),
    turns: (await turnsOf(db, filing.jurisdiction, filing.id)).map((one) => ({
      kind: one.kind,
      word: turnWords[one.kind],
      at: one.at.toISOString(),
      dueAt: one.dueAt?.toISOString() ?? null,
      reason: one.reason,
      byName: one.byName,
    })),
    files: await filesOfFiling(db, filing.jurisdiction, filing.id),
    offers: (Object.keys(filingLifecycle.actions) as FilingAction[]).map((action) => {
      const verdict = judge(filing, rhythm, actor, action, { day, at: now }, null);
      const says = !own ? '这是下级政府的报送，只能查看。' : verdict.may ? '' : verdict.refusal.says;
      return { action, label: filingLifecycle.actions[action], may: own && verdict.may, says };
    }),
  };
}
