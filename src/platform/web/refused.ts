import type { RefusalKind, RefusalPlace } from '../../kernel/refusal.ts';

/** What the server refused, plus two things that only a browser meets: no answer at all, or an answer that is no answer. */
export type RefusedKind = RefusalKind | 'unreachable' | 'broken';

/** A refusal as a page shows it; every failing call throws this and nothing else. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly kind: RefusedKind;
  /** One or two Chinese sentences: what is wrong and where to fix it. */
  readonly says: string;
  readonly places: readonly RefusalPlace[];
  readonly detail: unknown;

  constructor(kind: RefusedKind, says: string, places: readonly RefusalPlace[] = [], detail?: unknown) {
    super(says);
    this.kind = kind;
    this.says = says;
    this.places = places;
    this.detail = detail;
  }
}

export const unreachable = (): RefusedError =>
  new RefusedError(
    'unreachable',
    '没有连上服务器，刚才的操作没有得到答复。您填写的内容还在，请检查网络后点“重新发送”。',
  );

const byStatus: Readonly<Record<number, RefusedKind>> = {
  400: 'not-valid',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  409: 'not-now',
  413: 'too-large',
  422: 'not-valid',
  429: 'too-many',
};

const byKind: Readonly<Record<RefusedKind, string>> = {
  'not-signed-in': '登录已经失效，请重新登录；您填写的内容不会丢失。',
  'not-found': '没有找到这条记录，可能编号有误，或者它不在您能查看的范围内。',
  'not-allowed': '您的账号没有办理这件事的权限，如确需办理，请联系本地安委办。',
  'not-now': '情况已经变化，现在不能这样办理，请刷新后再看。',
  'not-valid': '提交的内容有误，请检查后再提交。',
  'too-large': '文件或内容太大，服务器没有接收。',
  'too-many': '操作过于频繁，请稍等一会儿再试。',
  unreachable: '没有连上服务器，请检查网络后重试。',
  broken: '服务器没有给出正常的答复，请稍后重试；多次出现时请联系系统管理员。',
};

const isKind = (value: unknown): value is RefusedKind => typeof value === 'string' && value in byKind;

function placesIn(value: unknown): readonly RefusalPlace[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (place): place is RefusalPlace =>
      typeof place === 'object' && place !== null && typeof place.where === 'string' && typeof place.says === 'string',
  );
}

/** Reads a refusal out of an answer's status and JSON body `{ kind, says, places, detail }`; bears any other body. */
export function refusedFrom(status: number, body: unknown): RefusedError {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const kind = isKind(given.kind) ? given.kind : (byStatus[status] ?? 'broken');
  const says = typeof given.says === 'string' && given.says !== '' ? given.says : byKind[kind];
  return new RefusedError(kind, says, placesIn(given.places), given.detail);
}

/** Any thrown thing as a refusal, so that a page has one shape to show. */
export const asRefused = (thrown: unknown): RefusedError =>
  thrown instanceof RefusedError
    ? thrown
    : new RefusedError(
        'broken',
        thrown instanceof Error && /[一-龥]/.test(thrown.message) ? thrown.message : byKind.broken,
      );
