import type { ColumnRole } from './feedback.ts';

/** Tried from top to bottom: the more particular wording stands before the one that it contains. */
const roles: readonly (readonly [RegExp, ColumnRole | 'class'])[] = [
  [/^(?:序号|序|号|项次|No\.?)$/i, 'serial'],
  [/(?:编号|问题号|台账号|线索号)$|^编码$/, 'number'],
  [/^(?:备注|说明|附注|其他)$|备注/, 'note'],
  [/照片|图片|附件|联系(?:方式|电话)|电话|手机/, 'note'],
  [/是否(?:已)?(?:销号|办结|整改|完成|闭环)|销号(?:情况|状态)|^销号$/, 'closed'],
  [/(?:完成|销号|办结|整改)(?:的)?实际|实际(?:整改)?完成|销号(?:时间|日期)(?!.*限)|^办结(?:时间|日期)$/, 'doneOn'],
  [/时限|期限|限期|截止|截至|(?:整改|要求|计划|拟|应|预计)(?:整改)?完成(?:时间|日期)|^整改(?:时间|日期)/, 'due'],
  [/^完成(?:时间|日期)$/, 'due'],
  [/整改(?:落实)?(?:情况|进展|进度|状态|结果|完成情况)|完成情况|落实情况|^(?:进展|状态|目前进展)|办理情况/, 'status'],
  [/(?:检查|发现|排查|督查|督导|巡查|抽查|暗访|反馈|移交|交办)(?:的)?(?:日期|时间)|^(?:日期|时间)$/, 'found'],
  [
    /(?:来源|检查组|督导组|巡查组|专家组|检查人|检查员|发现人|排查人|移交单位|交办单位|督查单位|检查机构)|^(?:检查|发现|督导|督查|排查)(?:单位|部门|人员|主体|方式|途径)/,
    'finder',
  ],
  [/责任人|负责人|责任领导|包保|联系人|联络员/, 'person'],
  [
    /(?:督办|督促|监管|督导|主管|监督|行业主管|行业监管|行业管理)(?:责任)?(?:整改)?(?:单位|部门|主体)|^(?:监管责任|行业部门)$/,
    'supervising',
  ],
  [/配合|协办|协同|协助|参与/, 'co'],
  [/牵头|主责|主办|第一责任/, 'lead'],
  [
    /(?:责任|整改|承办|落实|负责|实施|治理|办理|承接)(?:责任|主体)?(?:单位|部门|主体|科室)|^(?:责任主体|责任单位及.*|单位及责任人)$/,
    'responsible',
  ],
  [
    /属地|所属(?:镇|街|乡|区域|县|区|辖区)|所在(?:镇|街|乡|县|区)|^(?:镇街|乡镇|镇（街道）|街道|辖区|区域|县区|县（市、区）|镇)$|镇街|乡镇/,
    'area',
  ],
  [/是否.{0,4}重大|等级|级别|分级|严重程度|^(?:定级|性质|隐患性质|问题性质)$/, 'grade'],
  [
    /(?:问题|隐患|检查|反馈|违法|不符合|存在|具体|事实).{0,6}(?:描述|内容|表现|事实|概述|简述|详情|情况)|(?:存在|发现|主要|具体|反馈|移交|交办|检查)(?:的)?(?:主要|突出|具体)?(?:问题|隐患)|^(?:问题|隐患|问题隐患|隐患问题|问题清单|违法行为|不符合项|隐患点|线索|问题线索|事实)$|风险隐患$|安全隐患$|具体内容|隐患名称|问题名称/,
    'text',
  ],
  [/措施|(?:整改|处理|处置|治理)(?:意见|建议|要求|标准|目标|方案)|^(?:建议|要求|整改)$/, 'measures'],
  [/(?:隐患|问题)(?:类别|类型|分类|种类)|^(?:类别|类型|分类)$/, 'class'],
  [/行业|领域|方面|板块|专项/, 'category'],
  [/地址|地点|位置|所在地|部位|坐落/, 'address'],
  [
    /(?:企业|场所|项目|点位|小区|工地|商户|公司|市场主体|经营主体|对象|受检|被检|受查|被查|经营单位|生产单位|建筑|路段|单位)(?:.{0,8})(?:名称|单位|全称)?$|^名称$/,
    'subject',
  ],
];

const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .replace(/[\s*＊]/g, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）');

/**
 * What a column is for, by the words of its header; 'class' where only the values tell whether it is a grade or a kind.
 * Null for words that no list of problems uses.
 */
export function roleOf(header: string): ColumnRole | 'class' | null {
  const whole = plain(header);
  if (whole === '' || whole.length > 24) return null;
  const bare = whole.replace(/（[^（）]*）/g, '');
  const of = (words: string): ColumnRole | 'class' | null =>
    roles.find(([pattern]) => pattern.test(words))?.[1] ?? null;
  return (bare === '' ? null : of(bare)) ?? of(whole);
}

const gradeWord = /^(?:特别重大|重大|较大|一般|轻微)(?:安全|事故|火灾)?(?:隐患|问题|风险)?$/;

/**
 * The roles of all columns, each at most once. Two columns of problem wording: the one that describes wins. `values` are
 * the cells below each header, for columns whose header alone does not decide.
 */
export function rolesOf(
  headers: readonly string[],
  values: (column: number) => readonly string[],
): (ColumnRole | null)[] {
  const found = headers.map((header, column): ColumnRole | null => {
    // A merged header cell covers two columns: only the first of them carries it.
    if (column > 0 && header !== '' && header === headers[column - 1]) return null;
    const role = roleOf(header);
    if (role !== 'class') return role;
    const filled = values(column).filter((text) => text !== '');
    return filled.length > 0 && filled.filter((text) => gradeWord.test(plain(text))).length * 2 >= filled.length
      ? 'grade'
      : 'category';
  });
  // 完成时间 beside a column of limits is when it was done; alone it is the limit.
  const dues = found.flatMap((role, column) => (role === 'due' ? [column] : []));
  if (dues.length > 1) {
    const limit = dues.find((column) => /限|截止/.test(headers[column] ?? '')) ?? dues[0];
    for (const column of dues)
      if (column !== limit) found[column] = /完成|办结|销号/.test(headers[column] ?? '') ? 'doneOn' : 'note';
  }
  const weight = (column: number): number => {
    const header = headers[column] ?? '';
    const texts = values(column);
    const length = texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
    return (/描述|内容|表现|具体|事实/.test(header) ? 1000 : 0) + length;
  };
  const texts = found.flatMap((role, column) => (role === 'text' ? [column] : []));
  const best = [...texts].sort((a, b) => weight(b) - weight(a))[0];
  for (const column of texts) if (column !== best) found[column] = 'category';
  const seen = new Set<ColumnRole>();
  return found.map((role) => {
    if (role === null || role === 'note') return role;
    if (seen.has(role)) return 'note';
    seen.add(role);
    return role;
  });
}

/** Whether a row of words is a header of a list of problems: it names the problem and at least one more column. */
export function isHeader(found: readonly (ColumnRole | null)[]): boolean {
  const kinds = new Set(found.filter((role) => role !== null));
  return kinds.has('text') && kinds.size >= 2 && found.filter((role) => role !== null).length * 2 >= found.length;
}
