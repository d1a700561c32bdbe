/** Why something was refused; each maps to one HTTP status in `platform/http`. */
export type RefusalKind =
  | 'not-signed-in'
  | 'not-found'
  | 'not-allowed'
  | 'not-now'
  | 'not-valid'
  | 'too-large'
  | 'too-many';

/** One place to fix: the field or row concerned (`body.units[2]`, `第3行「责任单位」`) and what is wrong with it. */
export interface RefusalPlace {
  readonly where: string;
  readonly says: string;
}

/** A refusal that a person reads: what, why, and where to fix it. `says` is one or two Chinese sentences. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly says: string;
  readonly places: readonly RefusalPlace[];
  /** Machine-readable context for the page, such as the facts that happened meanwhile. */
  readonly detail: unknown;

  constructor(kind: RefusalKind, says: string, places: readonly RefusalPlace[] = [], detail?: unknown) {
    super(says);
    this.kind = kind;
    this.says = says;
    this.places = places;
    this.detail = detail;
  }
}

export const notFound = (says = '没有找到这条记录，可能编号有误，或者它不在您能查看的范围内。'): Refusal =>
  new Refusal('not-found', says);
export const notAllowed = (says: string): Refusal => new Refusal('not-allowed', says);
export const notNow = (says: string, detail?: unknown): Refusal => new Refusal('not-now', says, [], detail);
export const notValid = (says: string, places: readonly RefusalPlace[] = []): Refusal =>
  new Refusal('not-valid', says, places);
