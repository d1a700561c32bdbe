/** GeoReport v2 of Open311: names and shapes are those of the specification, therefore in English and with underscores. */
export interface Service {
  readonly service_code: string;
  readonly service_name: string;
  readonly description: string;
  readonly metadata: false;
  readonly type: 'realtime';
  readonly keywords: string;
  readonly group: string;
}

export interface ServiceRequest {
  readonly service_request_id: string;
  readonly status: 'open' | 'closed';
  readonly status_notes: string;
  readonly service_name: string;
  readonly service_code: string;
  readonly description: string;
  readonly agency_responsible: string;
  readonly service_notice: string;
  readonly requested_datetime: string;
  readonly updated_datetime: string;
  readonly expected_datetime: string;
  readonly address: string;
  readonly lat: number | null;
  readonly long: number | null;
}

/** What the public may report, by the class of the ledger that it becomes. */
export const services: readonly (Service & { readonly kind: 'hazard' | 'problem' | 'accidentLead' })[] = [
  {
    service_code: 'hazard',
    service_name: '事故隐患',
    description: '设备、场所、作业中可能造成事故的情形，例如疏散通道堵塞、电线裸露。',
    metadata: false,
    type: 'realtime',
    keywords: '隐患,消防,用电,燃气,施工',
    group: '安全生产',
    kind: 'hazard',
  },
  {
    service_code: 'duty',
    service_name: '责任不落实',
    description: '应当管理而没有管理、无证作业、培训和制度不落实等。',
    metadata: false,
    type: 'realtime',
    keywords: '无证,培训,监管',
    group: '安全生产',
    kind: 'problem',
  },
  {
    service_code: 'accident',
    service_name: '事故线索',
    description: '可能已经发生、但没有报告的生产安全事故。',
    metadata: false,
    type: 'realtime',
    keywords: '事故,瞒报,受伤',
    group: '安全生产',
    kind: 'accidentLead',
  },
];

/** The longest stretch of days that one query of requests covers. */
export const SPAN_DAYS = 90;

const escaped = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

/** The XML of a list: `<services><service>…</service></services>`; null and missing values become empty elements. */
export function asXml(list: string, one: string, rows: readonly Readonly<Record<string, unknown>>[]): string {
  const body = rows
    .map((row) => {
      const fields = Object.entries(row).map(([name, value]) =>
        value === null || value === undefined ? `<${name}/>` : `<${name}>${escaped(String(value))}</${name}>`,
      );
      return `<${one}>${fields.join('')}</${one}>`;
    })
    .join('');
  return `<?xml version="1.0" encoding="utf-8"?>\n<${list}>${body}</${list}>\n`;
}
