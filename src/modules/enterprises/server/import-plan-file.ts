import { notValid } from '../../../kernel/refusal.ts';
import { type FormRow, type FormSheet, type RowTrouble, recogniseForm } from '../../../kernel/sheet-form.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { readSheetFile } from '../../../platform/documents/sheet-form.ts';
import type { Work } from '../../../platform/jobs/progress.ts';
import { resolveMentions, unitsByIds } from '../../units/server/door.ts';
import { enterpriseColumns } from '../import-form.ts';
import { isWrong, type PlannedRow, planRow, type UnitInCell } from '../import-plan.ts';
import { indexKnown, keysOf } from '../match.ts';
import { isOwn, whyNot } from '../rights.ts';
import { sectorNames } from './sectors.ts';
import { cardsByIds } from './store.ts';
import { knownBy } from './store-match.ts';

/** A whole file read against the register. */
export interface FilePlan {
  readonly sheets: readonly FormSheet[];
  readonly rows: readonly PlannedRow[];
  /** Of sheets that could not be used, and of all rows. */
  readonly troubles: readonly RowTrouble[];
  readonly unknownUnits: readonly {
    readonly text: string;
    readonly rows: number;
    readonly suggestions: readonly string[];
  }[];
}

const BATCH = 500;

/** Reads the uploaded list; blocks nobody, because another process does it. */
export async function sheetsOf(work: Work, sha256: string): Promise<ReturnType<typeof recogniseForm>> {
  await work.step('正在读取表格');
  return recogniseForm(await readSheetFile(work.house.files.path(sha256)), enterpriseColumns);
}

/** Plans every row, batch by batch, and says how far it is. */
export async function planFile(
  work: Work,
  db: Queryable,
  { sheets, troubles: unusable }: ReturnType<typeof recogniseForm>,
): Promise<FilePlan> {
  const lines = sheets.flatMap((sheet) => sheet.rows);
  if (lines.length === 0 && unusable.length === 0) throw notValid('表格里只有表头，没有内容。请按模板填写后再导入。');
  await work.step('正在逐行核对', lines.length);
  const units = await unitsIn(work, db, lines);
  const seen = new Map<string, string>();
  const rows: PlannedRow[] = [];
  for (let at = 0; at < lines.length; at += BATCH) {
    const some = lines.slice(at, at + BATCH);
    const known = indexKnown(
      await knownBy(db, work.actor.jurisdiction, {
        ...keysOf(some.map((row) => ({ name: row.at('name'), creditCode: row.at('creditCode') }))),
        cores: [],
      }),
    );
    const planned = some.map((row) =>
      planRow(row, {
        unitIn: (text) => units.get(text) ?? { kind: 'unknown', suggestions: [] },
        known,
        sectors: sectorNames(),
        today: work.house.clock.today(),
        seen,
      }),
    );
    rows.push(...(await withRights(work, db, planned)));
    await work.reached(rows.length);
  }
  return {
    sheets,
    rows,
    troubles: [...unusable, ...rows.flatMap((row) => row.troubles)],
    unknownUnits: [...units.entries()].flatMap(([text, unit]) =>
      unit.kind === 'unknown'
        ? [
            {
              text,
              rows: lines.filter((row) => row.at('regulator') === text || row.at('town') === text).length,
              suggestions: unit.suggestions,
            },
          ]
        : [],
    ),
  };
}

/** Every text in the columns of units, settled once. */
async function unitsIn(work: Work, db: Queryable, lines: readonly FormRow[]): Promise<Map<string, UnitInCell>> {
  const texts = [
    ...new Set(lines.flatMap((row) => [row.at('regulator'), row.at('town')]).filter((text) => text !== '')),
  ];
  const settled = await resolveMentions(db, work.actor.jurisdiction, texts, work.house.clock.today());
  return new Map(
    texts.map((text, index): [string, UnitInCell] => {
      const one = settled[index];
      if (one?.kind === 'unit') return [text, { kind: 'unit', id: one.unitId }];
      if (one?.kind === 'group') return [text, { kind: 'group' }];
      return [text, { kind: 'unknown', suggestions: (one?.candidates ?? []).slice(0, 3).map((each) => each.name) }];
    }),
  );
}

/** Whoever is limited to his units enters only what is theirs, and changes only what he may change. */
async function withRights(work: Work, db: Queryable, planned: readonly PlannedRow[]): Promise<PlannedRow[]> {
  const { actor } = work;
  const existing = new Map(
    (
      await cardsByIds(
        db,
        [actor.jurisdiction],
        planned.flatMap((one) => one.existing?.id ?? []),
      )
    ).map((card) => [card.id, card]),
  );
  const own = await ownUnit(work, db);
  return planned.map((one) => {
    const card = one.existing ? existing.get(one.existing.id) : undefined;
    if (card) {
      const why = whyNot(actor, card, 'change');
      const trouble = one.row.trouble('doubt', 'name', why ?? '', '这一行不会更新名录，只能跳过');
      return why === null ? one : { ...one, troubles: [...one.troubles, trouble] };
    }
    const draft =
      one.draft.regulatorUnitId === null && one.draft.townUnitId === null ? { ...one.draft, ...own } : one.draft;
    if (isOwn(actor, { regulatorUnitId: draft.regulatorUnitId ?? null, townUnitId: draft.townUnitId ?? null }))
      return { ...one, draft };
    const trouble = one.row.trouble(
      'wrong',
      'regulator',
      '直接监管单位和属地都不是您的单位',
      '只能导入由本单位直接监管或在本地的企业和场所，其他的请交安委办导入',
    );
    return { ...one, troubles: [...one.troubles, trouble] };
  });
}

async function ownUnit(work: Work, db: Queryable): Promise<Partial<Record<'regulatorUnitId' | 'townUnitId', string>>> {
  const { actor } = work;
  if (isOwn(actor, { regulatorUnitId: null, townUnitId: null }) || actor.unitId === null) return {};
  const [unit] = await unitsByIds(db, actor.jurisdiction, [actor.unitId]);
  return unit && ['town', 'zone', 'village'].includes(unit.kind)
    ? { townUnitId: actor.unitId }
    : { regulatorUnitId: actor.unitId };
}

export const wrongRows = (plan: FilePlan): number => plan.rows.filter(isWrong).length;
