import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { enterprisesByIds, placesNear } from '../../enterprises/server/door.ts';
import { metresBetween, type PhotoInQuestion, photoDoubts } from '../photo.ts';
import type { Evidence } from '../problem.ts';

const MOST_PHOTOS = 30;
/** A photo farther than this from everything that is registered was probably not taken in this jurisdiction. */
const NOWHERE_METRES = 10_000;
const ANYWHERE_METRES = 20_000_000;

/** How many files one report may bring; setting `problems.photosPerReport`. */
export async function photosPerReport(db: Queryable, jurisdiction: string): Promise<number> {
  const found = await sql<{ value: unknown }>`
    select value from setting where jurisdiction = ${jurisdiction} and name = 'problems.photosPerReport'`.execute(db);
  const value = found.rows[0]?.value;
  return typeof value === 'number' && value > 0 ? value : MOST_PHOTOS;
}

/** A file of a report as it lies in the store. */
export interface KeptFile {
  readonly fileId: string;
  readonly sha256: string;
  readonly type: string;
  readonly role: Evidence['role'];
}

/**
 * Keeps what a report brings: files uploaded to this very problem, not too many, each at most once. Gives them with
 * their hashes, for the fact; files that were kept before are left as they are. Throws a not-valid refusal otherwise.
 */
export async function keepEvidence(
  act: Act,
  problemId: string,
  cycle: number,
  evidence: readonly Evidence[] = [],
): Promise<readonly KeptFile[]> {
  const given = [...new Map(evidence.map((one) => [one.fileId, one])).values()];
  if (given.length === 0) return [];
  const { db, actor, now } = act;
  const most = await photosPerReport(db, actor.jurisdiction);
  if (given.length > most)
    throw notValid(
      `一次最多报送 ${most} 张照片和文件，这次有 ${given.length} 份。请挑选最能说明情况的，其余的分次补充。`,
      [{ where: 'body.evidence', says: `最多 ${most} 份` }],
    );
  const found = await sql<{ id: string; sha256: string; type: string }>`
    select id, sha256, type from file where jurisdiction = ${actor.jurisdiction} and item_kind = 'problem'
      and item_id = ${problemId} and id = any(${given.map((one) => one.fileId)}::uuid[])`.execute(db);
  const files = new Map(found.rows.map((row) => [row.id, row]));
  const kept = given.map((one): KeptFile => {
    const file = files.get(one.fileId.toLowerCase());
    if (!file)
      throw notValid('有照片或附件没有上传到这条问题，请重新上传后再提交。', [
        { where: 'body.evidence', says: '附件不存在' },
      ]);
    return { fileId: file.id, sha256: file.sha256, type: file.type, role: one.role };
  });
  await sql`
    insert into problem_evidence (jurisdiction, problem_id, file_id, role, cycle, taken_at, taken_from, longitude, latitude,
      ahead_ms, received_at, by_id, by_name)
    select ${actor.jurisdiction}, ${problemId}, t.file_id, t.role, ${cycle}, t.taken_at, t.taken_from, t.longitude, t.latitude,
      ${act.device ? Math.round(act.device.aheadMs) : null}, ${now}, ${actor.accountId}, ${actor.name}
    from unnest(${kept.map((one) => one.fileId)}::uuid[], ${given.map((one) => one.role)}::text[],
      ${given.map((one) => one.takenAt)}::text[], ${given.map((one) => one.takenFrom)}::text[],
      ${given.map((one) => one.longitude)}::float8[], ${given.map((one) => one.latitude)}::float8[])
      as t (file_id, role, taken_at, taken_from, longitude, latitude)
    on conflict do nothing`.execute(db);
  return kept;
}

interface EvidenceRow {
  fileId: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  role: Evidence['role'];
  cycle: number;
  takenAt: string | null;
  takenFrom: Evidence['takenFrom'];
  longitude: number | null;
  latitude: number | null;
  picture: PhotoInQuestion['picture'];
  aheadMs: number | null;
  receivedAt: Date;
  byName: string;
  elsewhere: string[];
}

/** The problem whose photos are shown. */
export interface PhotoOwner {
  readonly jurisdiction: string;
  readonly id: string;
  readonly foundOn: Day;
  readonly enterpriseId: string | null;
  readonly place: { readonly longitude: number | null; readonly latitude: number | null };
}

/** A photo or file as the item page shows it. */
export interface ShownPhoto
  extends Omit<EvidenceRow, 'sha256' | 'picture' | 'aheadMs' | 'elsewhere' | 'receivedAt' | 'size'> {
  readonly size: number;
  readonly receivedAt: string;
  readonly doubts: string[];
}

/** Where the photos should have been taken: the enterprise's position of record, else the position told at registration. */
async function placeOf(db: Queryable, owner: PhotoOwner): Promise<Parameters<typeof photoDoubts>[1]['place']> {
  const [card] = owner.enterpriseId ? await enterprisesByIds(db, owner.jurisdiction, [owner.enterpriseId]) : [];
  if (card && card.longitude !== null && card.latitude !== null)
    return { name: `「${card.name}」`, longitude: card.longitude, latitude: card.latitude };
  const { longitude, latitude } = owner.place;
  return longitude === null || latitude === null ? null : { name: '登记的地点', longitude, latitude };
}

/** Files whose position is near nothing that is registered in the jurisdiction; each distant spot is asked for once. */
async function outsideOf(db: Queryable, owner: PhotoOwner, rows: readonly EvidenceRow[]): Promise<ReadonlySet<string>> {
  const outside = new Set<string>();
  const scope = { jurisdictions: [asJurisdiction(owner.jurisdiction)], units: 'all' } as const;
  const asked: { readonly longitude: number; readonly latitude: number; readonly nowhere: boolean }[] = [];
  for (const row of rows) {
    const longitude = row.longitude ?? row.picture?.longitude ?? null;
    const latitude = row.latitude ?? row.picture?.latitude ?? null;
    if (longitude === null || latitude === null) continue;
    const at = { longitude, latitude };
    let near = asked.find((one) => metresBetween(one, at) < 1000);
    if (!near && asked.length < 8) {
      const around = async (metres: number) => (await placesNear(db, scope, { ...at, metres, limit: 1 })).length > 0;
      // where no position at all is registered, nothing can be far from all of them
      near = { ...at, nowhere: !(await around(NOWHERE_METRES)) && (await around(ANYWHERE_METRES)) };
      asked.push(near);
    }
    if (near?.nowhere) outside.add(row.fileId);
  }
  return outside;
}

/** The photos and files of one problem in the order of receipt, each with what does not fit about it. */
export async function photosOf(db: Queryable, owner: PhotoOwner): Promise<ShownPhoto[]> {
  const found = await sql<EvidenceRow>`
    select e.file_id as "fileId", f.name, f.type, f.size::float8 as size, f.sha256, e.role, e.cycle,
      e.taken_at as "takenAt", e.taken_from as "takenFrom", e.longitude, e.latitude, f.picture,
      e.ahead_ms::float8 as "aheadMs", e.received_at as "receivedAt", e.by_name as "byName",
      array(select distinct x.number from (
        select p.number from file o join problem p on p.jurisdiction = o.jurisdiction
          and p.id = case when o.item_kind = 'problem' then o.item_id::uuid end
        where o.jurisdiction = f.jurisdiction and o.sha256 = f.sha256 and o.item_id <> f.item_id and f.picture is not null
        limit 20) x limit 5) as elsewhere
    from problem_evidence e join file f on f.jurisdiction = e.jurisdiction and f.id = e.file_id
    where e.jurisdiction = ${owner.jurisdiction} and e.problem_id = ${owner.id}
    order by e.received_at, f.uploaded_at, f.id limit 500`.execute(db);
  const rows = found.rows;
  if (rows.length === 0) return [];
  const place = await placeOf(db, owner);
  const doubts = photoDoubts(rows, {
    foundOn: owner.foundOn,
    place,
    outside: await outsideOf(db, owner, rows),
  });
  return rows.map(({ sha256: _hash, picture, aheadMs: _ahead, elsewhere: _other, receivedAt, ...row }) => ({
    ...row,
    takenAt: row.takenAt ?? picture?.takenAt ?? null,
    takenFrom: row.takenFrom ?? (picture?.takenAt ? 'picture' : null),
    longitude: row.longitude ?? picture?.longitude ?? null,
    latitude: row.latitude ?? picture?.latitude ?? null,
    receivedAt: receivedAt.toISOString(),
    doubts: [...(doubts.get(row.fileId) ?? [])],
  }));
}
