import { dayInCell, type FormRow, type RowTrouble } from '../../kernel/sheet-form.ts';
import { codeDoubt, plainCode } from './credit-code.ts';
import {
  addressKey,
  type EnterpriseDraft,
  type EnterpriseState,
  enterpriseKey,
  enterpriseKinds,
  enterpriseSizes,
  enterpriseStates,
  type riskColours,
} from './enterprise.ts';
import type { KnownIndex } from './match.ts';

/** Whom the text in a cell of units means. */
export type UnitInCell =
  | { readonly kind: 'unit'; readonly id: string }
  | { readonly kind: 'group' }
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] };

/** What a row says, before it is decided whether it is new. */
export interface PlannedRow {
  readonly row: FormRow;
  readonly draft: EnterpriseDraft;
  readonly state: EnterpriseState | null;
  readonly stateOn: string | null;
  /** The one in the register that the row means. */
  readonly existing: { readonly id: string; readonly number: string; readonly name: string } | null;
  /** The earlier row of the same file that says the same, as 「表」第 7 行. */
  readonly twin: string | null;
  readonly troubles: readonly RowTrouble[];
}

export const isWrong = (planned: PlannedRow): boolean => planned.troubles.some((one) => one.level === 'wrong');

export interface PlanContext {
  readonly unitIn: (text: string) => UnitInCell;
  readonly known: KnownIndex;
  readonly sectors: readonly string[];
  readonly today: string;
  /** Rows of the file so far: by code, and by name and address. */
  readonly seen: Map<string, string>;
}

const longest = {
  name: 100,
  creditCode: 30,
  sector: 40,
  industry: 20,
  address: 200,
  grid: 60,
  gridCode: 40,
  legalPerson: 40,
  safetyHead: 40,
  safetyPhone: 40,
  note: 500,
} as const;

const stateWords: Readonly<Record<EnterpriseState, readonly string[]>> = {
  active: ['在营', '正常', '存续', '开业', '营业', '在业', '生产', '正常经营', '正常生产', '在产'],
  stopped: ['停业', '停产', '歇业', '停工', '暂停营业', '半停产'],
  closed: ['注销', '吊销', '关闭', '已注销', '已关闭', '搬迁', '拆除'],
};

const coded = <T extends string>(text: string, words: Readonly<Record<T, string>>): T | null => {
  const wanted = text.normalize('NFKC').replace(/[\s（(].*$/, '');
  const found = (Object.entries(words) as [T, string][]).find(
    ([code, word]) =>
      code === text || word.startsWith(wanted) || wanted.replace(/色|企业|风险$/g, '') === word.slice(0, 1),
  );
  return wanted === '' ? null : (found?.[0] ?? null);
};

/** Reads one row of a list against the register: what would be entered, and what is wrong or doubtful, cell by cell. */
export function planRow(row: FormRow, context: PlanContext): PlannedRow {
  const troubles: RowTrouble[] = [];
  const wrong = (key: string, says: string, mend: string): null => {
    troubles.push(row.trouble('wrong', key, says, mend));
    return null;
  };
  const doubt = (key: string, says: string, mend: string): void => {
    troubles.push(row.trouble('doubt', key, says, mend));
  };
  const text = (key: keyof typeof longest): string | null => {
    const value = row.at(key);
    if (value.length > longest[key])
      return wrong(key, `内容有 ${value.length} 个字，最多 ${longest[key]} 个字`, '请缩短，或写到备注里');
    return value === '' || /^[-—/无]+$/.test(value) ? null : value;
  };
  const name = text('name') ?? '';
  if (name.length < 2) wrong('name', name === '' ? '没有填写名称' : '名称至少 2 个字', '请填写全称；多余的行请删除');
  const creditCode = plainCode(text('creditCode') ?? '') || null;
  const odd = creditCode === null ? null : codeDoubt(creditCode);
  if (odd !== null) doubt('creditCode', odd, '核对无误的可以照此导入');
  const kindText = row.at('kind');
  const kind = kindText === '' ? 'enterprise' : coded(kindText === '场所' ? '公共场所' : kindText, enterpriseKinds);
  if (kind === null) wrong('kind', `不认识的类别「${kindText}」`, '请填写：企业、公共场所');
  const sector = text('sector');
  if (sector !== null && context.sectors.length > 0 && !context.sectors.includes(sector))
    doubt('sector', `行业领域「${sector}」不在常用名单里`, `常用的有：${context.sectors.slice(0, 12).join('、')}……`);
  const areaCode = row.at('areaCode').replace(/\s/g, '') || null;
  if (areaCode !== null && !/^\d{6,12}$/.test(areaCode))
    wrong('areaCode', `区划代码「${areaCode}」不对`, '应为 6 至 12 位数字，不确定可以留空');
  const unit = (key: 'regulator' | 'town'): string | null => {
    const written = row.at(key);
    if (written === '') return null;
    const found = context.unitIn(written);
    if (found.kind === 'unit') return found.id;
    if (found.kind === 'group') return wrong(key, `「${written}」是一组单位`, '请写明是哪一个单位');
    return wrong(
      key,
      `没有找到单位「${written}」`,
      found.suggestions.length > 0
        ? `是不是${found.suggestions.map((one) => `「${one}」`).join('、')}？请改成全称，或在「单位」里把这个写法记为别名`
        : '请填写本系统里的单位名称，不确定可以留空',
    );
  };
  const degrees = (key: 'longitude' | 'latitude', most: number): number | null => {
    const written = row
      .at(key)
      .normalize('NFKC')
      .replace(/[°度\s]/g, '');
    if (written === '') return null;
    const value = Number(written);
    if (!Number.isFinite(value) || Math.abs(value) > most)
      return wrong(
        key,
        `${row.at(key)} 不是${key === 'longitude' ? '经度' : '纬度'}`,
        '请填写度数，如 118.1234；不确定可以留空',
      );
    return value;
  };
  const longitude = degrees('longitude', 180);
  const latitude = degrees('latitude', 90);
  if ((longitude === null) !== (latitude === null) && !troubles.some((one) => /经度|纬度/.test(one.says)))
    wrong(longitude === null ? 'longitude' : 'latitude', '经度和纬度只填了一个', '请一起填写，或者都留空');
  const count = row
    .at('headcount')
    .normalize('NFKC')
    .replace(/[人,\s]/g, '');
  const headcount = count === '' ? null : Number(count);
  if (headcount !== null && !(Number.isInteger(headcount) && headcount >= 0 && headcount <= 10_000_000))
    wrong('headcount', `从业人数「${row.at('headcount')}」不是一个数`, '请填写整数，不确定可以留空');
  const sizeText = row.at('size');
  const size = sizeText === '' ? null : coded(sizeText, enterpriseSizes);
  if (sizeText !== '' && size === null) wrong('size', `不认识的规模「${sizeText}」`, '请填写：大型、中型、小型、微型');
  const riskText = row.at('risk');
  const risk = riskText === '' ? null : riskOf(riskText);
  if (riskText !== '' && risk === null) wrong('risk', `不认识的风险等级「${riskText}」`, '请填写：红、橙、黄、蓝');
  const phone = text('safetyPhone');
  if (phone !== null && !/\d{5,}/.test(phone.normalize('NFKC').replace(/[\s()-]/g, '')))
    doubt('safetyPhone', `电话「${phone}」不像一个号码`, '请核对');
  const stateText = row.at('state');
  const state =
    stateText === ''
      ? null
      : ((Object.keys(stateWords) as EnterpriseState[]).find((one) => stateWords[one].includes(stateText)) ?? null);
  if (stateText !== '' && state === null)
    wrong('state', `不认识的状态「${stateText}」`, `请填写：${Object.values(enterpriseStates).join('、')}`);
  const on = dayInCell(row.at('stateOn'));
  if (on.wrong !== null) wrong('stateOn', on.wrong, '请写成 2026-01-05 的样子，不确定可以留空');
  else if (on.day !== null && on.day > context.today) wrong('stateOn', `日期 ${on.day} 还没有到`, '请核对年份');
  else if (on.doubt !== null) doubt('stateOn', on.doubt, '不对的请改成 2026-01-05 的样子');
  const draft: EnterpriseDraft = {
    kind: kind ?? 'enterprise',
    name,
    creditCode,
    sector,
    industry: text('industry'),
    address: text('address'),
    areaCode,
    longitude,
    latitude,
    grid: text('grid'),
    gridCode: text('gridCode'),
    regulatorUnitId: unit('regulator'),
    townUnitId: unit('town'),
    legalPerson: text('legalPerson'),
    safetyHead: text('safetyHead'),
    safetyPhone: phone,
    size,
    headcount,
    risk,
    note: text('note'),
  };
  const existing = existingOf(draft, context.known, wrong, doubt);
  const twin = twinOf(row, draft, context.seen);
  const sameCode = creditCode === null ? undefined : context.seen.get(`only ${creditCode}`);
  if (creditCode !== null && sameCode === undefined)
    context.seen.set(`only ${creditCode}`, `「${row.sheet}」第 ${row.row} 行`);
  else if (twin === null && sameCode !== undefined)
    doubt('creditCode', `与${sameCode}的统一社会信用代码相同`, '同一家的请只留一行；确是两处场所的可以照此导入');
  if (twin !== null) doubt('name', `与${twin}重复`, '同一家只写一行；确实是两家的，请把名称或地址写得不同');
  return { row, draft, state, stateOn: on.day, existing, twin, troubles };
}

function riskOf(text: string): keyof typeof riskColours | null {
  const plain = text.normalize('NFKC');
  const byColour = { 红: 'red', 橙: 'orange', 黄: 'yellow', 蓝: 'blue' } as const;
  const byWord = { 重大: 'red', 较大: 'orange', 一般: 'yellow', 低: 'blue' } as const;
  for (const words of [byColour, byWord] as readonly Readonly<Record<string, keyof typeof riskColours>>[])
    for (const [word, colour] of Object.entries(words)) if (plain.startsWith(word)) return colour;
  return null;
}

type Say = (key: string, says: string, mend: string) => unknown;

/** The one in the register with the same code, or with the same name where the addresses do not differ. */
function existingOf(
  draft: EnterpriseDraft,
  known: KnownIndex,
  wrong: Say,
  doubt: Say,
): { id: string; number: string; name: string } | null {
  const code = draft.creditCode ?? '';
  const key = enterpriseKey(draft.name);
  const place = addressKey(draft.address);
  const sameCode = code === '' ? [] : (known.byCode.get(code) ?? []);
  const sameName = (known.byName.get(key) ?? []).filter(
    (one) => place === '' || one.addressKey === '' || one.addressKey === place,
  );
  const hits = new Map((sameCode.length > 0 ? sameCode : sameName).map((one) => [one.id, one]));
  const named = [...hits.values()].filter((one) => one.nameKey === key);
  const [only] = hits.size === 1 ? [...hits.values()] : named.length === 1 ? named : [];
  if (hits.size === 0) return null;
  if (!only) {
    const list = [...hits.values()].slice(0, 3).map((one) => `${one.number}「${one.name}」`);
    wrong(
      sameCode.length > 0 ? 'creditCode' : 'name',
      `与名录中的几家都可能相同：${list.join('、')}`,
      '请先在名录里合并重复的，或把这一行的名称、地址写清楚',
    );
    return null;
  }
  if (sameCode.length === 0 && code !== '' && only.creditCode !== null && only.creditCode !== code)
    doubt('creditCode', `名录中 ${only.number} 的信用代码是 ${only.creditCode}`, '请核对营业执照，更新时以本表为准');
  if (enterpriseKey(only.name) !== key && sameCode.length > 0)
    doubt('name', `名录中 ${only.number} 的名称是「${only.name}」`, '更新时按更名办理，原名留存');
  if (only.state === 'closed') doubt('name', `名录中 ${only.number} 已注销`, '确已恢复的，请先在档案里恢复在营');
  return { id: only.id, number: only.number, name: only.name };
}

/** The same code, or the same name and address, in an earlier row. */
function twinOf(row: FormRow, draft: EnterpriseDraft, seen: Map<string, string>): string | null {
  const keys = [
    `name ${enterpriseKey(draft.name)} ${addressKey(draft.address)}`,
    ...(draft.creditCode ? [`code ${draft.creditCode} ${enterpriseKey(draft.name)}`] : []),
  ];
  const twin = keys.map((key) => seen.get(key)).find((one) => one !== undefined) ?? null;
  for (const key of keys) if (!seen.has(key)) seen.set(key, `「${row.sheet}」第 ${row.row} 行`);
  return twin;
}
