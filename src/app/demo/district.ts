import { readFile } from 'node:fs/promises';
import type { Role } from '../../kernel/actor.ts';
import type { ProblemKind } from '../../modules/problems/problem.ts';
import type { UnitClass } from '../../modules/units/group.ts';
import type { UnitKind } from '../../modules/units/unit.ts';
import type { WallMap } from '../../modules/wall/map.ts';

/** The fictional district, as `data/jurisdictions/990102/district.json` describes it. Keys are local to the file. */
export interface District {
  readonly jurisdiction: string;
  readonly name: string;
  readonly level: 'district';
  /** Who issues its documents, and the letters of their numbers. */
  readonly issuer: string;
  readonly letters: string;
  readonly above: { readonly jurisdiction: string; readonly name: string };
  readonly units: readonly {
    readonly key: string;
    readonly name: string;
    readonly short: string;
    readonly kind: UnitKind;
    readonly parent?: string;
    readonly area?: string;
    readonly aliases: readonly string[];
  }[];
  readonly people: readonly {
    readonly key: string;
    readonly name: string;
    readonly unit: string;
    readonly title: string;
    readonly phone?: string;
  }[];
  readonly groups: readonly {
    readonly key: string;
    readonly name: string;
    readonly class?: UnitClass;
    readonly aliases: readonly string[];
    readonly rule?: { readonly kinds: readonly UnitKind[] };
    readonly members?: readonly string[];
  }[];
  readonly taskForces: readonly {
    readonly name: string;
    readonly leader: string;
    readonly deputies: readonly string[];
    readonly members: readonly string[];
  }[];
  /** `shown`: offered on the login page of the demonstration. */
  readonly accounts: readonly {
    readonly login: string;
    readonly person: string;
    readonly roles: readonly Role[];
    readonly shown?: boolean;
  }[];
}

/** How one task fares; see `story.ts`. */
export type Fate =
  | 'onTime'
  | 'late'
  | 'sentBack'
  | 'sentBackThenClosed'
  | 'overdue'
  | 'refused'
  | 'extended'
  | 'near'
  | 'underway'
  | 'waiting'
  | 'unreceived'
  | 'suspended'
  | 'moved'
  | 'disputed'
  | 'ongoing'
  | 'short'
  | 'missed'
  | 'recordedAll';

export interface Tale {
  /** Words that only this task's text begins with or contains. */
  readonly match: string;
  readonly fate: Fate;
  readonly steps: readonly { readonly percent: number; readonly text: string }[];
  readonly occasion?: string;
  readonly evidence?: 'photo' | 'minutes';
  readonly lateBy?: number;
  readonly sinceReport?: number;
  readonly askBefore?: number;
  readonly extendTo?: number;
  /** The request for an extension has not been decided yet. */
  readonly pending?: boolean;
  readonly reason?: string;
  readonly refuseReason?: string;
  readonly backReason?: string;
  readonly disputeReason?: string;
  readonly keepReason?: string;
  readonly suspendReason?: string;
  readonly suspendAgo?: number;
  readonly coReceive?: boolean;
  readonly milestones?: boolean;
  /** Handed on in parts to every town and zone that takes part: what each has to do, and what its reports say. */
  readonly split?: { readonly text: string; readonly half: string; readonly whole: string };
}

/** Wording of the fictional district's findings, `data/jurisdictions/990102/findings.json`. */
export interface Findings {
  readonly where: readonly string[];
  readonly sectors: readonly {
    readonly sector: string;
    /** Key of the department that regulates it. */
    readonly unit: string;
    readonly weight: number;
    readonly findings: readonly {
      readonly text: string;
      readonly measures: string;
      readonly done: string;
      readonly major?: true;
      readonly kind?: ProblemKind;
    }[];
  }[];
  readonly sendBack: readonly string[];
  readonly recheck: readonly string[];
  readonly closing: readonly string[];
  readonly progress: readonly string[];
  readonly extension: readonly string[];
  readonly dispute: readonly string[];
  readonly unfounded: readonly string[];
  readonly reopen: readonly string[];
}

const FOLDER = new URL('../../../data/jurisdictions/990102/', import.meta.url);
const readJson = async (name: string): Promise<unknown> => JSON.parse(await readFile(new URL(name, FOLDER), 'utf8'));

/** What is found in the district's enterprises and places, and what is said about it. */
export const readFindings = async (): Promise<Findings> => (await readJson('findings.json')) as Findings;
export const readDistrict = async (): Promise<District> => (await readJson('district.json')) as District;
export const readTales = async (): Promise<readonly Tale[]> =>
  ((await readJson('story.json')) as { tasks: Tale[] }).tasks;

/** The district's invented map; it shows no real place, and says so. */
export const readSchematicMap = async (): Promise<{ caption: string; geoJson: WallMap }> => ({
  caption: '示意图',
  geoJson: (await readJson('map.geojson')) as WallMap,
});
