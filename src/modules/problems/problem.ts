import type { Day } from '../../kernel/day.ts';
import type { ProblemState } from './lifecycle.ts';

/** 问题线索、隐患、事故线索 (the three classes of the platform); 制度措施 is a list of its own, see `measure.ts`. */
export const problemKinds = ['hazard', 'problem', 'accidentLead'] as const;
export type ProblemKind = (typeof problemKinds)[number];
export const problemKindWords: Readonly<Record<ProblemKind, string>> = {
  hazard: '隐患',
  problem: '问题',
  accidentLead: '事故线索',
};

/** Grades are data of the jurisdiction; the product itself asks only whether a grade is major. */
export const grades = ['general', 'major'] as const;
export type Grade = (typeof grades)[number];
export const gradeWords: Readonly<Record<Grade, string>> = { general: '一般', major: '重大' };

export const sourceTypes = [
  'guidance',
  'handedOver',
  'patrol',
  'dailyCheck',
  'specialCheck',
  'randomCheck',
  'unannounced',
  'tipoff',
  'selfCheck',
  'grid',
  'alarm',
  'accidentLesson',
  'drill',
  'media',
] as const;
export type SourceType = (typeof sourceTypes)[number];
export const sourceWords: Readonly<Record<SourceType, string>> = {
  guidance: '上级督导反馈',
  handedOver: '上级移交',
  patrol: '巡查',
  dailyCheck: '日常检查',
  specialCheck: '专项检查',
  randomCheck: '双随机检查',
  unannounced: '四不两直暗访',
  tipoff: '举报',
  selfCheck: '企业自查',
  grid: '网格巡查',
  alarm: '监测报警',
  accidentLesson: '事故教训',
  drill: '演练',
  media: '媒体曝光',
};
/** Sources whose problems were handed down by a superior: they need 销号 after the recheck. */
export const handedDownSources: readonly SourceType[] = ['guidance', 'handedOver'];

/** Where a problem comes from. `kind`/`recordId` name the record of another room, opaque here. */
export interface Source {
  readonly type: SourceType;
  readonly batchId: string | null;
  /** Number that the sender gave it. */
  readonly originalNumber: string | null;
  readonly recordKind: string | null;
  readonly recordId: string | null;
  /** Who found it, in words: a guidance group, a person who must not be an account. */
  readonly finder: string | null;
}

/** One of 五落实: what was settled, on which day, with which files. */
export interface Settled {
  readonly text: string;
  readonly on: Day | null;
  readonly fileIds: readonly string[];
}
export const fiveParts = ['measures', 'funds', 'person', 'timeLimit', 'emergencyPlan'] as const;
export type FivePart = (typeof fiveParts)[number];
export const fiveWords: Readonly<Record<FivePart, string>> = {
  measures: '整改措施',
  funds: '整改资金',
  person: '整改责任人',
  timeLimit: '整改时限',
  emergencyPlan: '应急预案',
};
export type Five = Readonly<Partial<Record<FivePart, Settled>>>;

/** 判定: kept with the version of the criteria by which it was made. */
export interface Judgement {
  readonly grade: Grade;
  readonly criteriaId: string | null;
  readonly criteriaName: string | null;
  readonly criteriaVersion: string | null;
  readonly clauses: readonly { readonly code: string; readonly text: string }[];
  readonly reason: string;
  readonly byId: string;
  readonly byName: string;
  readonly on: Day;
}

export const requestKinds = ['extension', 'withdrawal', 'merge', 'unfounded', 'plan'] as const;
export type RequestKind = (typeof requestKinds)[number];
export const requestWords: Readonly<Record<RequestKind, string>> = {
  extension: '延期',
  withdrawal: '撤回',
  merge: '并入',
  unfounded: '查不属实',
  plan: '列入治理计划',
};

/** Something asked for that another person must decide; at most one is pending. */
export interface ProblemRequest {
  readonly id: string;
  readonly kind: RequestKind;
  readonly askedBy: string;
  readonly askedByName: string;
  /** The person behind the account, where the account names one: two accounts of one person are one person. */
  readonly askedByPerson: string | null;
  readonly askedUnitId: string | null;
  readonly askedOn: Day;
  readonly oldDue: Day | null;
  readonly newDue: Day | null;
  readonly targetId: string | null;
  readonly controlMeasures: string | null;
  readonly reason: string;
}

export interface Place {
  readonly address: string | null;
  readonly areaCode: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly grid: string | null;
}

/** How it ended: rectified and rechecked, or fixed on the spot (立查立改) by whoever found it. */
export type CloseKind = 'rectified' | 'onSpot';

/**
 * One numbered item of the ledger. Lateness is nowhere stored; it follows from `dueOn` and the day.
 * `foundOn` is when it was found, `enteredOn` when it was registered: their distance is 迟报 and a figure.
 */
export interface Problem {
  readonly id: string;
  readonly number: string;
  readonly kind: ProblemKind;
  readonly title: string;
  readonly text: string;
  readonly source: Source;
  readonly handedDown: boolean;
  readonly foundOn: Day;
  readonly enteredOn: Day;
  readonly registeredBy: string;
  readonly registeredByName: string;
  readonly finderUnitId: string | null;
  readonly enterpriseId: string | null;
  /** Whom it concerns, in words: the enterprise's name or the place. */
  readonly subject: string | null;
  readonly place: Place;
  readonly sector: string | null;
  readonly tags: readonly string[];
  readonly planId: string | null;
  readonly stageId: string | null;
  readonly taskId: string | null;
  readonly grade: Grade;
  readonly judgement: Judgement | null;
  /** 整改措施 asked for at registration. */
  readonly measures: string | null;
  readonly leadUnitId: string;
  readonly coUnitIds: readonly string[];
  readonly supervisingUnitId: string | null;
  readonly personName: string | null;
  readonly state: ProblemState;
  readonly firstDueOn: Day;
  readonly dueOn: Day;
  /** First day on which its lamp is amber; follows from `dueOn` and the setting `problems.nearDays`. */
  readonly amberOn: Day;
  readonly extensions: number;
  readonly five: Five;
  /** Progress entries and files since the current round began (the registration, a sending back, a reopening). */
  readonly evidence: number;
  /** Of them, files that show the state after the rectification. */
  readonly afterFiles: number;
  /** Who reported progress in this cycle: none of them rechecks or closes it. */
  readonly workers: readonly { readonly accountId: string; readonly personId: string | null }[];
  readonly receivedOn: Day | null;
  readonly doneOn: Day | null;
  readonly doneBy: string | null;
  readonly doneByName: string | null;
  readonly doneByPerson: string | null;
  /** Reported through a key of another system: nobody of the unit that holds the key rechecks it. */
  readonly doneByKey: boolean;
  readonly recheckedOn: Day | null;
  readonly recheckedBy: string | null;
  readonly recheckedByName: string | null;
  readonly recheckedByPerson: string | null;
  readonly recheckedUnitId: string | null;
  readonly closedOn: Day | null;
  readonly closedBy: string | null;
  readonly closedByName: string | null;
  readonly closeKind: CloseKind | null;
  /** Day of the last end of any kind; null while open. */
  readonly endedOn: Day | null;
  readonly sentBack: number;
  /** 1 at registration, one more at each reopening. */
  readonly cycle: number;
  /** `enteredOn`, or the day of the last reopening: what is stock before a day and what came since. */
  readonly openedOn: Day;
  readonly onSpot: boolean;
  /** Drawn for recheck although fixed on the spot. */
  readonly drawn: boolean;
  readonly controlMeasures: string | null;
  readonly mergedInto: string | null;
  readonly listedOn: Day | null;
  readonly delistedOn: Day | null;
  /** Found by grid staff; rectified by grid staff; how often it was given to another unit. */
  readonly atGrid: boolean;
  readonly doneAtGrid: boolean;
  readonly moved: number;
  /** The first photo from before the rectification, for lists. */
  readonly photoId: string | null;
  readonly request: ProblemRequest | null;
  readonly version: number;
}

/** A photo or file that came with a problem, as the device told it and as the server received it. */
export interface Evidence {
  readonly fileId: string;
  readonly role: 'before' | 'after' | 'document';
  /** From the picture itself (EXIF) or the device's clock; null where nothing says. Never trusted, always shown beside `receivedAt`. */
  readonly takenAt: string | null;
  readonly takenFrom: 'picture' | 'device' | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
}

/** What it takes to register one problem; by hand, from a list, from the field, through the API. */
export interface NewProblem {
  /** Given by the device for reports made without network: the same id is the same report. */
  readonly id?: string;
  readonly kind: ProblemKind;
  readonly title: string;
  readonly text: string;
  readonly source: Source;
  readonly foundOn: Day;
  readonly enterpriseId: string | null;
  readonly subject: string | null;
  readonly place: Place;
  readonly sector: string | null;
  readonly tags: readonly string[];
  readonly planId: string | null;
  readonly stageId: string | null;
  readonly taskId: string | null;
  readonly grade: Grade;
  readonly measures: string | null;
  readonly leadUnitId: string;
  readonly coUnitIds: readonly string[];
  readonly supervisingUnitId: string | null;
  readonly personName: string | null;
  readonly dueOn: Day;
  readonly evidence?: readonly Evidence[];
  /** Files were sent for it before it was registered. */
  readonly waited?: boolean;
  /** Unit that registers it; absent: the actor's own, null: nobody of this place. */
  readonly finderUnitId?: string | null;
  readonly judgement?: Judgement | null;
  /** 立查立改: what was done on the spot, and what the draw said. */
  readonly onSpot?: { readonly text: string; readonly drawn: boolean; readonly draw: OnSpotDraw };
}

/** How it was decided whether a problem fixed on the spot is rechecked; kept in its first fact, so that anyone can recompute it. */
export interface OnSpotDraw {
  /** Hash of the jurisdiction's last fact before the registration. */
  readonly head: string;
  /** Of a hundred so many are drawn. */
  readonly share: number;
  /** The draw itself: below `share` means drawn. */
  readonly value: number;
}
