import { addDays, type Day, daysBetween } from '../../kernel/day.ts';

/** 责任倒查: from a hazard back to everybody who answers for it, in the order in which one asks. */
export const chainLevels = {
  subject: '主体责任',
  rectifying: '整改责任',
  supervising: '监管责任',
  territory: '属地责任',
  checking: '检查责任',
  closing: '复查销号责任',
} as const;
export type ChainLevel = keyof typeof chainLevels;
export const chainLevelCodes = Object.keys(chainLevels) as ChainLevel[];

/** Checks of the year before a hazard was found could have found it. */
export const CHECKED_DAYS = 365;
export const checkedFrom = (foundOn: Day): Day => addDays(foundOn, -CHECKED_DAYS);

export interface ChainUnit {
  readonly id: string;
  readonly name: string;
  /** Who leads it on the day the hazard was found: 主要负责人 甲（局长）. */
  readonly people: readonly string[];
}

/** A problem that was found at the same place before: somebody was there that day. */
export interface FoundBefore {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly foundOn: Day;
  readonly sector: string | null;
  readonly finderUnitId: string | null;
  readonly finderUnitName: string | null;
  /** Who found it or wrote it down, in words. */
  readonly finder: string;
  readonly closedOn: Day | null;
  readonly recheckedByName: string | null;
}

export interface ChainMaterial {
  readonly foundOn: Day;
  readonly enteredOn: Day;
  readonly firstDueOn: Day;
  readonly dueOn: Day;
  /** When rectification was reported done; null: not yet. */
  readonly doneOn: Day | null;
  readonly open: boolean;
  readonly sector: string | null;
  readonly personName: string | null;
  readonly extensions: number;
  readonly sentBack: number;
  readonly reopened: number;
  /** The enterprise or place. */
  readonly subject: string | null;
  readonly lead: ChainUnit;
  readonly supervising: ChainUnit | null;
  readonly territory: ChainUnit | null;
  /** Newest first. */
  readonly before: readonly FoundBefore[];
  /** What was done at rechecks, closing and reopening, in the words of the facts. */
  readonly closing: readonly { readonly on: Day; readonly says: string }[];
}

export interface ChainRecord {
  readonly says: string;
  readonly on: Day;
  /** Address of the record; null: it is on the problem itself. */
  readonly to: string | null;
}
export interface ChainLink {
  readonly level: ChainLevel;
  readonly unitId: string | null;
  readonly name: string;
  readonly people: readonly string[];
  readonly says: readonly string[];
  /** What the records leave to be asked. Whether somebody failed is for people to find. */
  readonly asks: readonly string[];
  readonly records: readonly ChainRecord[];
}

const recordOf = (one: FoundBefore): ChainRecord => ({
  says: `${one.finder}检查发现${one.number}「${one.title}」${
    one.closedOn === null
      ? '，未销号'
      : `，${one.recheckedByName ? `${one.recheckedByName}复查，` : ''}${one.closedOn}销号`
  }`,
  on: one.foundOn,
  to: `/problems/${one.id}`,
});
const daysOn = (rows: readonly FoundBefore[]): number => new Set(rows.map((one) => one.foundOn)).size;

/** What a unit that had to watch over the place did there in the year before. */
function watched(level: 'supervising' | 'territory', unit: ChainUnit, material: ChainMaterial): ChainLink {
  const own = material.before.filter((one) => one.finderUnitId === unit.id);
  const days = daysOn(own);
  const since = `${checkedFrom(material.foundOn)}以来`;
  return {
    level,
    unitId: unit.id,
    name: unit.name,
    people: unit.people,
    says: [days === 0 ? `${since}没有在这里登记过问题。` : `${since}在这里检查登记过问题${days}天、${own.length}条。`],
    asks: days === 0 ? ['一年内没有检查登记的记录，是否去过？'] : ['此前检查过，当时有没有这个问题，为什么没有发现？'],
    records: own.map(recordOf),
  };
}

/**
 * The chain of those who answer for a hazard, with what the ledger knows of each as of the day: 严格责任倒查. A level without
 * anybody in the records is left out, but for those that every place has: then the gap is what is asked.
 */
export function dutyChainOf(material: ChainMaterial, day: Day): ChainLink[] {
  const { before, lead, supervising, territory, subject } = material;
  const links: ChainLink[] = [];
  const none = (level: ChainLevel, asks: string): ChainLink => ({
    level,
    unitId: null,
    name: '没有登记',
    people: [],
    says: [],
    asks: [asks],
    records: [],
  });
  if (subject !== null) {
    const alike = before.filter((one) => one.sector !== null && one.sector === material.sector);
    links.push({
      level: 'subject',
      unitId: null,
      name: subject,
      people: [],
      says: [`此前一年被查出问题${before.length}条${alike.length > 0 ? `，其中同一行业领域${alike.length}条` : ''}。`],
      asks: alike.length > 0 ? ['同类问题一再出现，自查自改做了没有？'] : [],
      records: [],
    });
  }
  const late = daysBetween(material.dueOn, material.doneOn ?? day);
  links.push({
    level: 'rectifying',
    unitId: lead.id,
    name: lead.name,
    people: [...(material.personName ? [`责任人 ${material.personName}`] : []), ...lead.people],
    says: [
      `${material.enteredOn}登记，整改时限${material.dueOn}${
        material.extensions > 0 ? `（原为${material.firstDueOn}，延期${material.extensions}次）` : ''
      }，${material.doneOn === null ? '还没有报告整改完成' : `${material.doneOn}报告整改完成`}。`,
    ],
    asks: [
      ...(late > 0 && (material.open || material.doneOn !== null) ? [`整改逾期${late}天，原因是什么？`] : []),
      ...(material.personName === null ? ['没有明确到人。'] : []),
      ...(material.sentBack > 0 ? [`复查退回${material.sentBack}次，整改报告是否属实？`] : []),
    ],
    records: [],
  });
  links.push(
    supervising === null
      ? none('supervising', '没有登记监管单位，监管责任落在谁身上？')
      : watched('supervising', supervising, material),
  );
  if (territory === null) links.push(none('territory', '没有登记属地，属地责任落在谁身上？'));
  else if (territory.id !== supervising?.id) links.push(watched('territory', territory, material));
  const told = new Set([supervising?.id, territory?.id]);
  const others = before.filter((one) => one.finderUnitId === null || !told.has(one.finderUnitId));
  if (others.length > 0)
    links.push({
      level: 'checking',
      unitId: null,
      name: [...new Set(others.map((one) => one.finderUnitName ?? one.finder))].join('、'),
      people: [],
      says: [`此前一年还有其他单位和人员在这里检查登记过问题${others.length}条。`],
      asks: ['当时有没有这个问题，为什么没有发现？'],
      records: others.map(recordOf),
    });
  if (material.closing.length > 0)
    links.push({
      level: 'closing',
      unitId: null,
      name: '复查、销号的单位和人员',
      people: [],
      says: material.reopened > 0 ? [`销号后重新打开${material.reopened}次。`] : [],
      asks: material.reopened > 0 ? ['没有改好就销了号，复查和销号时怎样核对的？'] : [],
      records: material.closing.map((one) => ({ ...one, to: null })),
    });
  return links;
}
