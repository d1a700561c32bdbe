import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { addDays, type Day } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { notFound, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import type { Download } from '../../../platform/http/serve.ts';
import { problemLifecycle } from '../../problems/lifecycle.ts';
import { allowancesOf, type Line, problemsByIds, registerProblems } from '../../problems/server/door.ts';
import { asXml, type ServiceRequest, SPAN_DAYS, services } from '../open311.ts';

type Format = 'json' | 'xml';
type Rows = readonly Readonly<Record<string, unknown>>[];

/** requests.json → requests and json; anything else is not found. */
function parsed(document: string): { readonly name: string; readonly format: Format } {
  const [, name, format] = /^(.+)\.(json|xml)$/.exec(document) ?? [];
  if (!name || (format !== 'json' && format !== 'xml')) throw notFound('没有这个接口；地址应以 .json 或 .xml 结尾。');
  return { name, format };
}

function answer(format: Format, list: string, one: string, rows: Rows): Download {
  const text = format === 'json' ? JSON.stringify(rows) : asXml(list, one, rows);
  return {
    name: `${list}.${format}`,
    type: format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8',
    body: Buffer.from(text),
    inline: true,
  };
}

/** The government that is meant: the one named, or the only one that can be. */
async function jurisdictionOf(reading: Pick<Reading, 'db'>, named: string | undefined): Promise<string> {
  const found = await sql<{ code: string }>`
    select code from jurisdiction j where ${named === undefined || named === '' ? sql`not exists (select 1 from jurisdiction b where b.parent = j.code)` : sql`code = ${named}`}
    order by code limit 2`.execute(reading.db);
  const [only, other] = found.rows;
  if (!only) throw notFound('没有这个 jurisdiction_id 所指的地区。');
  if (other)
    throw notValid('请写明 jurisdiction_id（行政区划代码）。', [
      { where: 'query.jurisdiction_id', says: '缺少这一项' },
    ]);
  return only.code;
}

interface Kept {
  problem_id: string;
  number: string;
  service_code: string;
  requested_at: Date;
  description: string;
  address: string;
  latitude: number | null;
  longitude: number | null;
}

const serviceName = (code: string): string => services.find((one) => one.service_code === code)?.service_name ?? code;
const midnight = (day: string): string => `${day}T00:00:00+08:00`;

const requestOf = (kept: Kept, line: Line | undefined): ServiceRequest => ({
  service_request_id: kept.number,
  status: line !== undefined && problemLifecycle.final.includes(line.state) ? 'closed' : 'open',
  status_notes: line === undefined ? '' : problemLifecycle.states[line.state],
  service_name: serviceName(kept.service_code),
  service_code: kept.service_code,
  description: kept.description,
  agency_responsible: line?.leadUnitName ?? '',
  service_notice: '',
  requested_datetime: kept.requested_at.toISOString(),
  updated_datetime: line?.closedOn ? midnight(line.closedOn) : kept.requested_at.toISOString(),
  expected_datetime: line ? midnight(line.dueOn) : '',
  address: kept.address,
  lat: kept.latitude,
  long: kept.longitude,
});

/** How they stand now; what the ledger says beyond that is not for the public. */
async function stands(reading: Reading, jurisdiction: string, kept: readonly Kept[]): Promise<ServiceRequest[]> {
  const scope = { jurisdictions: [asJurisdiction(jurisdiction)], units: 'all' as const };
  const lines = await problemsByIds(
    reading.db,
    scope,
    kept.map((one) => one.problem_id),
    reading.day,
  );
  const byId = new Map(lines.map((line) => [line.id, line]));
  return kept.map((one) => requestOf(one, byId.get(one.problem_id)));
}

export interface Asked {
  readonly jurisdiction_id?: string;
  readonly service_request_id?: string;
  readonly service_code?: string;
  readonly start_date?: string;
  readonly end_date?: string;
  readonly status?: string;
  readonly page?: number;
  readonly page_size?: number;
}

const momentIn = (text: string | undefined, where: string): Date | null => {
  if (!text) return null;
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw notValid(`${where} 不是日期时间，应写成 2026-01-31T00:00:00Z 这样。`, [
      { where: `query.${where}`, says: '格式不对' },
    ]);
  return at;
};

async function requests(reading: Reading, asked: Asked): Promise<ServiceRequest[]> {
  const jurisdiction = await jurisdictionOf(reading, asked.jurisdiction_id);
  const numbers = (asked.service_request_id ?? '').split(',').filter(Boolean).slice(0, 50);
  const codes = (asked.service_code ?? '').split(',').filter(Boolean);
  const end = momentIn(asked.end_date, 'end_date') ?? reading.now;
  const start = momentIn(asked.start_date, 'start_date') ?? new Date(end.getTime() - SPAN_DAYS * 86_400_000);
  if (end.getTime() - start.getTime() > SPAN_DAYS * 86_400_000 + 1000)
    throw notValid(`一次最多查询${SPAN_DAYS}天，请缩小 start_date 与 end_date 的范围。`, [
      { where: 'query.start_date', says: `最多${SPAN_DAYS}天` },
    ]);
  const size = asked.page_size ?? 50;
  const found = await sql<Kept>`
    select problem_id, number, service_code, requested_at, description, address, latitude, longitude from open311_request r
    where r.jurisdiction = ${jurisdiction}
      and ${numbers.length > 0 ? sql`r.number = any(${numbers}::text[])` : sql`r.requested_at >= ${start} and r.requested_at <= ${end}`}
      and ${codes.length > 0 ? sql`r.service_code = any(${codes}::text[])` : sql`true`}
      and ${
        asked.status === undefined || asked.status === ''
          ? sql`true`
          : sql`exists (select 1 from problem p
        where p.jurisdiction = r.jurisdiction and p.id = r.problem_id and p.open = any(${asked.status
          .split(',')
          .filter((one) => one === 'open' || one === 'closed')
          .map((one) => one === 'open')}::boolean[]))`
      }
    order by r.requested_at desc limit ${size} offset ${((asked.page ?? 1) - 1) * size}`.execute(reading.db);
  return stands(reading, jurisdiction, found.rows);
}

const listed = () => services.map(({ kind: _kind, ...service }) => service);

/** discovery, services and requests. */
export async function readOpen311(reading: Reading, document: string, asked: Asked): Promise<Download> {
  const { name, format } = parsed(document);
  if (name === 'services') return answer(format, 'services', 'service', listed());
  if (name === 'requests')
    return answer(format, 'service_requests', 'request', (await requests(reading, asked)) as unknown as Rows);
  if (name === 'discovery') {
    const told = {
      changeset: '2026-11-22T00:00:00Z',
      contact: '接口密钥请向当地系统管理员申请。',
      key_service: '由系统管理员在「接口密钥」页建立，需要「登记问题」权限。',
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url: '/open311/v2',
          changeset: '2026-11-22T00:00:00Z',
          type: 'production',
          formats: ['application/json', 'text/xml'],
        },
      ],
    };
    if (format === 'json') return { ...answer('json', 'discovery', '', []), body: Buffer.from(JSON.stringify(told)) };
    return answer('xml', 'discovery', 'endpoint', [
      { specification: told.endpoints[0]?.specification, url: '/open311/v2', type: 'production' },
    ]);
  }
  throw notFound('没有这个接口。');
}

/** One service's definition, or one request by its number. */
export async function readOpen311One(
  reading: Reading,
  kind: 'services' | 'requests' | 'tokens',
  document: string,
  named: string | undefined,
): Promise<Download> {
  const { name, format } = parsed(document);
  if (kind === 'services') {
    const service = services.find((one) => one.service_code === name);
    if (!service) throw notFound('没有这个 service_code。');
    return answer(format, 'service_definition', 'service', [{ service_code: service.service_code }]);
  }
  const jurisdiction = await jurisdictionOf(reading, named);
  const found = await sql<Kept>`
    select problem_id, number, service_code, requested_at, description, address, latitude, longitude from open311_request
    where jurisdiction = ${jurisdiction} and number = ${name}`.execute(reading.db);
  if (found.rows.length === 0) throw notFound('没有这个 service_request_id。');
  // what was registered has its number at once: a token is the number itself
  if (kind === 'tokens')
    return answer(format, 'service_requests', 'request', [{ service_request_id: name, token: name }]);
  return answer(
    format,
    'service_requests',
    'request',
    (await stands(reading, jurisdiction, found.rows)) as unknown as Rows,
  );
}

/** What a client sends; fields that say who the reporter is are taken and forgotten. */
export interface Posted {
  readonly jurisdiction_id?: string;
  readonly service_code: string;
  readonly lat?: string;
  readonly long?: string;
  readonly address_string?: string;
  readonly description: string;
  readonly media_url?: string;
}

const degrees = (text: string | undefined, most: number): number | null => {
  const value = Number(text);
  return text === undefined || text.trim() === '' || !Number.isFinite(value) || Math.abs(value) > most ? null : value;
};

/** Registers a problem in the name of the key's unit, which handles it or hands it on. */
export async function postOpen311(act: Act, document: string, given: Posted): Promise<Download> {
  const { format } = parsed(document);
  const service = services.find((one) => one.service_code === given.service_code);
  if (!service) throw notValid('没有这个 service_code。', [{ where: 'body.service_code', says: '不是允许的取值' }]);
  const latitude = degrees(given.lat, 90);
  const longitude = degrees(given.long, 180);
  const address = given.address_string?.trim() ?? '';
  const { jurisdiction, unitId } = act.actor;
  if ((latitude === null || longitude === null) && address === '')
    throw notValid('请写明地点：lat 和 long，或者 address_string。', [
      { where: 'body.address_string', says: '缺少地点' },
    ]);
  if (given.jurisdiction_id && given.jurisdiction_id !== jurisdiction)
    throw notValid('这个密钥不能在所写的地区登记。', [{ where: 'body.jurisdiction_id', says: '与密钥不符' }]);
  if (unitId === null) throw notValid('这个密钥没有所属单位，不能登记。');
  const { usualDays } = await allowancesOf(act.db, jurisdiction);
  const description = given.description.trim();
  const id = randomUUID();
  const dueOn: Day = addDays(act.day, usualDays.general);
  const [made] = await registerProblems(
    act,
    [
      {
        id,
        kind: service.kind,
        title: [...(description.split(/[。！？\n]/)[0] ?? description)].slice(0, 40).join(''),
        text: given.media_url ? `${description}\n附图：${given.media_url}` : description,
        source: {
          type: 'tipoff',
          batchId: null,
          originalNumber: null,
          recordKind: 'open311',
          recordId: id,
          finder: '公众',
        },
        foundOn: act.day,
        enterpriseId: null,
        subject: null,
        place: {
          address: address === '' ? null : address,
          areaCode: null,
          longitude: latitude === null ? null : longitude,
          latitude: longitude === null ? null : latitude,
          grid: null,
        },
        sector: null,
        tags: [],
        planId: null,
        stageId: null,
        taskId: null,
        grade: 'general',
        measures: null,
        leadUnitId: unitId,
        coUnitIds: [],
        supervisingUnitId: null,
        personName: null,
        dueOn,
      },
    ],
    { through: 'open311' },
  );
  if (!made) throw new Error('a problem was not registered');
  await sql`
    insert into open311_request (jurisdiction, problem_id, number, service_code, requested_at, description, address, latitude, longitude)
    values (${jurisdiction}, ${made.id}, ${made.number}, ${service.service_code}, ${act.now}, ${description}, ${address},
      ${latitude}, ${longitude})`.execute(act.db);
  return answer(format, 'service_requests', 'request', [
    { service_request_id: made.number, service_notice: `已登记，编号${made.number}，请凭编号查询。`, account_id: null },
  ]);
}
