import type { BodyOf } from '../../../kernel/contract.ts';
import { addDays, type Day } from '../../../kernel/day.ts';
import { newKey } from '../../../platform/web/key.ts';
import type { problemsApi } from '../api.ts';
import type { Grade, ProblemKind, SourceType } from '../problem.ts';
import { type ChosenPhoto, evidenceOf } from './PhotosField.tsx';

/** The registration form as it is kept in the browser; `id` becomes the problem's own. */
export interface RegisterDraft {
  readonly id: string;
  readonly photos: readonly ChosenPhoto[];
  readonly text: string;
  readonly enterpriseId: string | null;
  readonly subject: string;
  readonly address: string;
  readonly grid: string;
  readonly kind: ProblemKind;
  readonly grade: Grade;
  readonly criteriaId: string | null;
  readonly clauses: readonly string[];
  readonly source: SourceType;
  readonly originalNumber: string;
  readonly finder: string;
  readonly foundOn: string | null;
  readonly leadUnitId: string | null;
  readonly coUnitIds: readonly string[];
  readonly supervisingUnitId: string | null;
  readonly personName: string;
  /** Null: the proposed one. */
  readonly dueOn: string | null;
  readonly sector: string | null;
  readonly tags: readonly string[];
  readonly planId: string | null;
  readonly taskId: string | null;
  readonly measures: string;
  readonly onSpot: boolean;
  readonly fixedText: string;
}

/** Where most of what a role registers comes from. */
export function usualSource(roles: readonly string[]): SourceType {
  if (roles.includes('gridWorker')) return 'grid';
  return roles.includes('officer') ? 'patrol' : 'dailyCheck';
}

export const newRegistration = (
  roles: readonly string[],
  given: { readonly enterpriseId: string | null; readonly taskId: string | null; readonly planId: string | null },
): RegisterDraft => ({
  id: newKey(),
  photos: [],
  text: '',
  enterpriseId: given.enterpriseId,
  subject: '',
  address: '',
  grid: '',
  kind: 'hazard',
  grade: 'general',
  criteriaId: null,
  clauses: [],
  source: usualSource(roles),
  originalNumber: '',
  finder: '',
  foundOn: null,
  leadUnitId: null,
  coUnitIds: [],
  supervisingUnitId: null,
  personName: '',
  dueOn: null,
  sector: null,
  tags: [],
  planId: given.planId,
  taskId: given.taskId,
  measures: '',
  onSpot: false,
  fixedText: '',
});

/** The proposed deadline: so many days from today as the jurisdiction usually gives for the grade. */
export const proposedDue = (
  today: string,
  grade: Grade,
  usual: { general: number; major: number } | undefined,
): string => addDays(today as Day, grade === 'major' ? (usual?.major ?? 60) : (usual?.general ?? 15));

const blank = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What is sent; empty fields are left to the server, which fills them in from the enterprise. */
export function bodyOf(draft: RegisterDraft, dueOn: string, today: string): BodyOf<typeof problemsApi.registerProblem> {
  const photos = draft.onSpot ? draft.photos : draft.photos.filter((photo) => photo.role !== 'after');
  return {
    id: draft.id,
    kind: draft.kind,
    text: draft.text.trim(),
    source: draft.source,
    originalNumber: blank(draft.originalNumber),
    finder: blank(draft.finder),
    foundOn: draft.foundOn ?? today,
    enterpriseId: draft.enterpriseId,
    subject: blank(draft.subject),
    ...(blank(draft.address) === null && blank(draft.grid) === null
      ? {}
      : { place: { address: blank(draft.address), grid: blank(draft.grid) } }),
    sector: draft.sector,
    ...(draft.tags.length > 0 ? { tags: [...draft.tags] } : {}),
    planId: draft.planId,
    taskId: draft.taskId,
    grade: draft.grade,
    ...(draft.grade === 'major' ? { criteriaId: draft.criteriaId, clauses: [...draft.clauses] } : {}),
    measures: blank(draft.measures),
    leadUnitId: draft.leadUnitId,
    coUnitIds: [...draft.coUnitIds],
    supervisingUnitId: draft.supervisingUnitId,
    personName: blank(draft.personName),
    dueOn: draft.onSpot ? null : dueOn,
    evidence: evidenceOf(photos),
    fixed: draft.onSpot ? { text: draft.fixedText.trim() } : null,
  };
}
