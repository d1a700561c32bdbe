import { pairsSought, plainForSearch } from '../../../../kernel/search-text.ts';
import type { Reading } from '../../../../platform/act.ts';
import { matchEnterprises } from '../../../enterprises/server/door.ts';
import { unitsByIds } from '../../../units/server/door.ts';
import {
  type BatchLine,
  partsOfLine,
  pointKinds,
  pointsOf,
  sameWithin,
  unitsOfDraft,
  wordingsOf,
} from '../../batch.ts';
import { allowancesOf } from '../store.ts';
import { asKnown, type Meaning, meaningsOf } from './meanings.ts';
import {
  type BatchRow,
  batchById,
  batchFacts,
  type Counts,
  countsOf,
  type LineRow,
  linesOfBatch,
  listBatchRows,
  textOf,
  twinsByText,
  twinsByWording,
  wordingHash,
} from './store.ts';

type Place = Pick<Reading, 'db' | 'day'>;

/** A list as pages show it. */
export const shapeOf = (row: BatchRow, counts: Counts | undefined) => {
  const { fileSha256: _, importedBy: __, settled: ___, importedAt, ...rest } = row;
  return {
    ...rest,
    importedAt: importedAt.toISOString(),
    lines: counts?.lines ?? { all: 0, open: 0, registered: 0, merged: 0, discarded: 0 },
    closing: counts?.closing ?? { problems: 0, closed: 0, late: 0 },
  };
};

export async function listBatches(reading: Reading, query: Parameters<typeof listBatchRows>[2]) {
  const { rows, total } = await listBatchRows(reading.db, reading.scope, query);
  const counts = await countsOf(
    reading.db,
    reading.scope.jurisdictions,
    rows.map((row) => row.id),
    reading.day,
  );
  const { page, pageSize } = query;
  return { rows: rows.map((row) => shapeOf(row, counts.get(row.id))), total, totalIsCapped: false, page, pageSize };
}

/** The lines of a list with their twins in the ledger, as rules take them. */
export async function readLines(
  place: Place,
  batch: BatchRow,
  options: { readonly twins: boolean },
): Promise<BatchLine[]> {
  const rows = await linesOfBatch(place.db, batch.jurisdiction, batch.id);
  const twins = options.twins ? await twinsOf(place, batch, rows) : new Map<string, BatchLine['twins']>();
  return rows.map((row) => ({
    id: row.id,
    position: row.position,
    said: row.said,
    draft: row.draft,
    state: row.state,
    reason: row.reason,
    problemId: row.problemId,
    problemNumber: row.problemNumber,
    twins: twins.get(row.id) ?? [],
  }));
}

/** A ledger is searched by wording for lists of this length; longer ones only against other lists. */
const SEARCHED = 400;

async function twinsOf(
  { db }: Place,
  batch: BatchRow,
  rows: readonly LineRow[],
): Promise<Map<string, BatchLine['twins']>> {
  const open = rows.filter((row) => row.state === 'open' && row.draft.text.trim() !== '');
  const hashes = new Map(open.map((row) => [row.id, wordingHash(row.draft)]));
  const known = await twinsByWording(db, batch.jurisdiction, [...new Set(hashes.values())], batch.id);
  const found = new Map<string, BatchLine['twins']>();
  for (const row of open) {
    const same = known.filter((one) => one.wording === hashes.get(row.id));
    if (same.length > 0)
      found.set(
        row.id,
        same.map(({ id, number, title, state }) => ({ id, number, title, state })),
      );
    else if (open.length <= SEARCHED) {
      const text = plainForSearch(row.draft.text).slice(0, 200);
      const subject = row.draft.subject === null ? null : plainForSearch(row.draft.subject);
      if (text.length < 8) continue;
      const near = await twinsByText(db, batch.jurisdiction, text, pairsSought(text.slice(0, 40)));
      const own = new Set(rows.map((each) => each.problemId));
      const others = near.filter((one) => !own.has(one.id));
      if (others.length > 0 && (subject === null || others.length > 0)) found.set(row.id, others);
    }
  }
  return found;
}

const meaningShape = ({ text, meant, settled }: Meaning) => ({
  text,
  kind: meant.kind,
  unitId: meant.kind === 'unit' ? meant.unitId : null,
  name: meant.kind === 'unit' ? meant.name : null,
  unitIds: meant.kind === 'group' ? [...meant.unitIds] : [],
  candidates: meant.kind === 'unresolved' ? [...meant.candidates] : [],
  settled,
});

/** Everything that the review shows: lines with their open points, wordings of units, progress, history. */
export async function viewBatch(reading: Reading, id: string) {
  const { db, scope, day } = reading;
  const batch = await batchById(db, scope, id);
  const counts = (await countsOf(db, [batch.jurisdiction], [id], day)).get(id);
  const reviewing = batch.state === 'reviewing';
  const lines = batch.way === 'sheet' ? [] : await readLines(reading, batch, { twins: reviewing });
  const rows = new Map(
    (batch.way === 'sheet' ? [] : await linesOfBatch(db, batch.jurisdiction, id)).map((row) => [row.id, row]),
  );
  const meanings = await meaningsOf(db, batch, lines.flatMap(wordingsOf), day);
  const known = asKnown(meanings);
  const sameAs = sameWithin(lines);
  const units = new Map(lines.map((line) => [line.id, unitsOfDraft(line, known)]));
  const ids = [...units.values()].flatMap((one) => [one.leadUnitId, ...one.coUnitIds, one.supervisingUnitId]);
  const names = new Map<string, string>(
    (await unitsByIds(db, batch.jurisdiction, [...new Set(ids.filter((one) => one !== null))])).map((unit) => [
      unit.id,
      unit.name,
    ]),
  );
  const nameOf = (unit: string | null): string | null => (unit === null ? null : (names.get(unit) ?? '（单位已撤销）'));
  const open = lines.filter(
    (line) => line.state === 'open' && line.draft.enterpriseId === null && line.draft.subject !== null,
  );
  const matches = reviewing
    ? await matchEnterprises(
        db,
        batch.jurisdiction,
        open.map((line) => ({ name: line.draft.subject, address: line.draft.address })),
      )
    : [];
  const proposed = new Map(open.map((line, index) => [line.id, matches[index]]));
  const text = (await textOf(db, batch.jurisdiction, id))?.document.text ?? '';
  const allowed = await allowancesOf(db, batch.jurisdiction);
  return {
    batch: shapeOf(batch, counts),
    lines: lines.map((line) => {
      const { said, draft } = line;
      const of = units.get(line.id);
      const match = proposed.get(line.id);
      const row = rows.get(line.id);
      return {
        id: line.id,
        position: line.position,
        place: said.place,
        originalNumber: said.originalNumber,
        path: [...said.path],
        source: said.source,
        state: line.state,
        reason: line.reason,
        problem:
          row?.problemId && row.problemNumber
            ? {
                id: row.problemId,
                number: row.problemNumber,
                title: row.problemTitle ?? '',
                state: row.problemState ?? '',
              }
            : null,
        ...{ kind: draft.kind, title: draft.title, text: draft.text, subject: draft.subject },
        enterprise:
          draft.enterpriseId === null
            ? null
            : { id: draft.enterpriseId, name: draft.enterpriseName ?? draft.subject ?? '' },
        enterprises:
          match === undefined
            ? []
            : match.kind === 'found'
              ? [{ id: match.id, number: match.number, name: match.name, reason: '名称相同' }]
              : match.candidates.map(({ id: candidate, number, name, reason }) => ({
                  id: candidate,
                  number,
                  name,
                  reason,
                })),
        ...{ address: draft.address, sector: draft.sector, grade: draft.grade },
        leadUnitId: of?.leadUnitId ?? null,
        leadUnitName: nameOf(of?.leadUnitId ?? null),
        coUnits: (of?.coUnitIds ?? []).map((unit) => ({ id: unit, name: nameOf(unit) ?? '' })),
        supervisingUnitId: of?.supervisingUnitId ?? null,
        supervisingUnitName: nameOf(of?.supervisingUnitId ?? null),
        ...{
          person: draft.person,
          measures: draft.measures,
          dueOn: draft.dueOn,
          foundOn: draft.foundOn,
          finder: draft.finder,
        },
        said: {
          lead: [...said.lead],
          co: [...said.co],
          supervising: said.supervising,
          due: said.due,
          found: said.found,
          grade: said.grade,
          subject: said.subject,
          text: said.text,
          status: said.status,
          note: said.note,
          dueIsCommon: said.due?.common ?? false,
        },
        parts: partsOfLine(line, text),
        twins: [...line.twins],
        points: reviewing
          ? pointsOf(line, { today: day, known, sameAs }).map((point) => ({
              ...point,
              word: pointKinds[point.kind].word,
            }))
          : [],
      };
    }),
    meanings: [...meanings.values()].map(meaningShape),
    facts: await batchFacts(db, batch.jurisdiction, id),
    usualDays: allowed.usualDays,
  };
}
