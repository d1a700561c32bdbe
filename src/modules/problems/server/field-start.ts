import type { Static } from 'typebox';
import { type Actor, hasRole } from '../../../kernel/actor.ts';
import type { Reading } from '../../../platform/act.ts';
import { canonical, sha256 } from '../../../platform/facts/canonical.ts';
import { serve } from '../../../platform/http/serve.ts';
import { placesInSight } from '../../enterprises/server/door.ts';
import { unitsByIds } from '../../units/server/door.ts';
import { fieldApi } from '../api-field.ts';
import { type SourceType, sourceWords } from '../problem.ts';
import { type Line, linesOf, rowsByIds } from './lines.ts';
import { photosPerReport } from './photos.ts';
import { allowancesOf } from './store.ts';
import { ownRegistrations, usualTags, wordingOf } from './store-field.ts';
import { homeRows } from './store-home.ts';

type Start = Static<typeof fieldApi.fieldStart.response>;
type FieldRow = Start['mine']['rows'][number];

const SHOWN = 30;
const MOST_UNITS = 30;

/** What is found on foot, by who walks: the first is proposed. */
function sourcesOf(actor: Actor): readonly SourceType[] {
  if (hasRole(actor, 'gridWorker')) return ['grid', 'dailyCheck'];
  return ['dailyCheck', 'specialCheck', 'randomCheck', 'unannounced', 'patrol'];
}

/** What the list it stands in lets the person do; the server judges again when it is done. */
function canDo(line: Line, list: 'toFix' | 'toRecheck' | 'mine'): FieldRow['can'] {
  if (list === 'toRecheck') return ['recheck'];
  if (list === 'mine') return [];
  return line.state === 'toReceive' ? ['receive'] : ['report', 'reportDone'];
}

async function rowsOf(
  reading: Reading,
  ids: readonly string[],
  list: Parameters<typeof canDo>[1],
): Promise<FieldRow[]> {
  const { db, actor, day } = reading;
  const [rows, wording] = await Promise.all([rowsByIds(db, actor.jurisdiction, ids), wordingOf(reading, ids)]);
  const place = new Map(ids.map((id, at) => [id, at]));
  const lines = (await linesOf(db, rows, day)).sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return lines.map((line) => ({
    id: line.id,
    number: line.number,
    title: line.title,
    text: wording.get(line.id) ?? '',
    subject: line.subject,
    address: line.address,
    state: line.state,
    lamp: line.lamp,
    lampReason: line.lampReason,
    grade: line.grade,
    dueOn: line.dueOn,
    foundOn: line.foundOn,
    leadUnitName: line.leadUnitName,
    version: line.version,
    can: canDo(line, list),
  }));
}

/** The person's own unit first, then those below it. */
async function unitsOf({ db, actor }: Reading): Promise<Start['units']> {
  const ids: string[] = [...new Set([...(actor.unitId ? [actor.unitId] : []), ...actor.units])].slice(0, MOST_UNITS);
  const units = await unitsByIds(db, actor.jurisdiction, ids);
  return units
    .map((unit) => ({ id: unit.id, name: unit.shortName ?? unit.name }))
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** GET /api/field/start: everything that the phone shows first and keeps for places without network. */
async function fieldStart(reading: Reading): Promise<Start> {
  const { db, actor, day } = reading;
  const lead = actor.unitId;
  const rechecks = hasRole(actor, 'officer', 'clerk', 'unitLeader', 'inspector');
  const groups = await homeRows(
    reading,
    [
      ...(lead ? [{ key: 'toFix', ask: { states: ['toReceive', 'underway'] as const, lead } }] : []),
      ...(rechecks
        ? [
            {
              key: 'toRecheck',
              ask: {
                states: ['toRecheck'] as const,
                ...(actor.wholeJurisdiction ? {} : { takesPart: lead }),
                that: 'recheck' as const,
              },
            },
          ]
        : []),
    ],
    SHOWN,
  );
  const own = await ownRegistrations(reading, SHOWN);
  const list = async (key: 'toFix' | 'toRecheck') => ({
    rows: await rowsOf(reading, groups.get(key)?.ids ?? [], key),
    total: groups.get(key)?.total ?? 0,
  });
  const [toFix, toRecheck] = [await list('toFix'), await list('toRecheck')];
  return {
    // the true time, also in a rehearsal: the phone measures its own clock by it
    now: new Date().toISOString(),
    today: day,
    toFix,
    toRecheck,
    mine: { rows: await rowsOf(reading, own.ids, 'mine'), total: own.total },
    units: await unitsOf(reading),
    tags: await usualTags(reading),
    sources: sourcesOf(actor).map((code) => ({ code, word: sourceWords[code] })),
    usualDays: (await allowancesOf(db, actor.jurisdiction)).usualDays,
    photosPerReport: await photosPerReport(db, actor.jurisdiction),
  };
}

type Places = Static<typeof fieldApi.fieldPlaces.response>;
const MOST_PLACES = 2000;

/** GET /api/field/places: what can be found without network; sent again only when something in it changed. */
async function fieldPlaces(reading: Reading, known: string | undefined): Promise<Places> {
  const { db, actor, scope } = reading;
  const found = await placesInSight(db, { ...scope, jurisdictions: [actor.jurisdiction] }, MOST_PLACES);
  const rows = found.map((one) => ({
    id: one.id,
    number: one.number,
    name: one.name,
    address: one.address,
    longitude: one.longitude,
    latitude: one.latitude,
    townUnitId: one.townUnitId,
    regulatorUnitId: one.regulatorUnitId,
  }));
  const ids = new Set(rows.flatMap((row) => [row.townUnitId, row.regulatorUnitId]));
  const units = (
    await unitsByIds(
      db,
      actor.jurisdiction,
      [...ids].filter((id) => id !== null),
    )
  )
    .map((unit) => ({ id: unit.id, name: unit.shortName ?? unit.name }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const mark = sha256(canonical([rows, units])).slice(0, 32);
  return known === mark ? { mark, rows: null, units: [] } : { mark, rows, units };
}

export const fieldRoutes = serve(fieldApi, {
  fieldStart,
  fieldPlaces: (reading) => fieldPlaces(reading, reading.query.known),
});
