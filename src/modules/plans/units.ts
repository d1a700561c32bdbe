import type { UnitMention } from './extraction.ts';
import type { Passage } from './passages.ts';

export type Role = 'lead' | 'responsible' | 'territorial' | 'time' | 'other';

/** A list of responsible units inside a passage. Indices are into `compact`. */
export interface UnitList {
  readonly start: number;
  readonly end: number;
  readonly lead: readonly UnitMention[];
  readonly responsible: readonly UnitMention[];
  readonly territorial: readonly UnitMention[];
  /** Parts that say when the task is due. */
  readonly times: readonly (readonly [number, number])[];
  /** What the territorial sentence reaches: this task, all later ones, all earlier ones, or all. */
  readonly reach: 'here' | 'later' | 'earlier' | 'all';
  /** True where a label or a verb says that these are responsible units; false for bare names in brackets. */
  readonly spoken: boolean;
}

const timeLabel =
  '(?:完成|整改|办结|落实)?(?:时限|期限|时间|日期|时间节点|时间要求|时限要求|进度要求|时间进度)(?:要求)?|进度安排|时间节点|完成节点|工作时限';
const labels: readonly (readonly [RegExp, Role])[] = [
  [
    /^(?:省级?|区级?|市级?|县级?)?(?:第一)?(?:牵头|主办|主责|主牵头)(?:责任|负责|主责|落实)?(?:单位|部门|科室|处室|股室|站所|办所|所站|科所)?(?:（[^（）]{1,8}）)?(?:：|为(?=[区市县各省]))/,
    'lead',
  ],
  [
    /^(?:主要|共同|具体)?(?:责任|配合|协办|协同|协助|协作|参加|参与|落实|实施|承办|负责|主管|监管|分工|执行|完成|组织)(?:责任|负责|实施|落实)?(?:单位|部门|主体|科室|处室|股室|站所|办所|所站|科所|单位和部门|部门和单位|单位及部门)(?:（[^（）]{1,8}）)?(?:：|为(?=[区市县各省]))/,
    'responsible',
  ],
  [/^(?:配合|责任|负责|协同|协办|协助|参与|参加)：/, 'responsible'],
  [new RegExp(`^(?:${timeLabel})：`), 'time'],
  [
    /^(?:责任人|责任领导|分管领导|牵头领导|负责人|联系人|责任区领导|包保领导|包联领导|参加人员|参会人员|参加对象|参与人员|活动地点|地点|联系电话|工作目标|工作成果|成果形式|备注)：/,
    'other',
  ],
];
const leadVerb = /(?:由)?(?:负责)?牵头(?:负责|组织实施|组织|落实|实施|推进|抓总|抓好落实|组织落实)?$/;
const doneVerb =
  /(?:等?(?:(?:按照?|依据?|根据)(?:各自)?的?(?:工作)?(?:职责|职能)(?:分工|权限)?(?:分别|共同)?(?:抓好)?(?:负责|落实|配合|实施|抓好|做好|组织实施|推进|参与)?(?:落实|落实到位)?|(?:按|依)?分工(?:负责|落实|配合)|分别负责|共同负责|具体负责|共同落实|负责落实|组织落实|具体落实|负责|配合(?:落实|实施|做好)?|协助(?:配合)?|协同(?:配合)?|参与|参加|协办|组织实施|实施|落实))$/;
const wholeVerb = /^(?:等)?(?:按照?|依据?|根据)(?:各自)?的?(?:工作)?(?:职责|职能)/;
const classOf =
  '(?:(?:区|市|县|省|州)?(?:直|级)?(?:各|其他|其它)?(?:有关|相关|负有|负责|职能|行业|监管|各有关|各相关|其他有关|其它有关|各成员|成员|各级)[^、，；]{0,40}(?:部门|单位|企业|机构|行业))';
const classAfter = new RegExp(`^(.{2,}?(?:（[^（）]*）)?)(?:和|及|以及|与|等)(${classOf})$`);
const unitEnd =
  /(?:局|委|办|部|院|会|队|组|中心|公司|政府|街道|镇|乡|处|所|站|厅|署|行|社|馆|校|集团|单位|部门|机构|企业|园区|开发区|新区|示范区|度假区|景区|功能区|片区|园|机关|室|联|地区|各地|台|专班|团|团区委|团市委|团县委|乡街|镇街|街镇|海关|网|场|村|社区|合作区|保税区|高新区|经开区|委员会|组织|部委|[^学本内外专百各分全]科|[^控参持各]股)(?:（[^（）]*）)?$/;
/** 各县（市、区）, 各区县: a class of areas. */
const everyArea = /^各(?:[省市县区州盟旗乡镇]|自治州|街道|（[省市县区州盟旗乡镇街道园、]+）){1,4}$/;
const unitHead = /^(?:各|区|市|县|省|州|旗|镇|乡|街|团|党|连|公|驻|国|全|其他|有关|相关|负有|[\u4e00-\u9fa5A-Z])/;

/** True where the text looks like the name of a unit or of a class of units. */
export function looksLikeUnit(name: string): boolean {
  const text = name.replaceAll('(', '（').replaceAll(')', '）');
  if (everyArea.test(text)) return true;
  if (/^全[部体面员]/.test(text)) return false;
  if (text.length < 2 || text.length > 45 || !unitEnd.test(text) || !unitHead.test(text)) return false;
  const outer = text.replace(/（[^（）]*）/g, '');
  return !/[。！？：“”《》]|^[从自到至]|(?:大会|全会|两会|晚会|年会|例会|部门会|座谈会|推进会|研讨会|[日月年阶]段?)$/.test(
    outer,
  );
}

/** Positions [from, to) of the pieces of compact[from, to) between separators that stand outside brackets. */
export function pieces(text: string, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  let depth = 0;
  let begin = from;
  for (let i = from; i < to; i++) {
    const c = text[i] ?? '';
    if (c === '（' || c === '〔' || c === '〈' || c === '《' || c === '“') depth++;
    else if (c === '）' || c === '〕' || c === '〉' || c === '》' || c === '”') depth = Math.max(0, depth - 1);
    else if (depth === 0 && /[、，；。\n/|]/.test(c)) {
      if (i > begin) found.push([begin, i]);
      begin = i + 1;
    }
  }
  if (to > begin) found.push([begin, to]);
  return found;
}

/** "此项工作由区住建局负责": what stands before the name in a sentence that says who does the work above it. */
const byWhom =
  /^(?:(?:(?:此|本|该|上述|以上|前述)(?:[一两三四五六七八九十\d]{1,2})?(?:项|条|款|类)?(?:工作|任务|措施|内容|事项|整改)?|具体|主要)，?(?:均|都|统一|分别|具体)?)?由(?=.)/;
/** "排第一位的为牵头单位，下同": a piece that says how the list is to be read, and no unit. */
const orderNote =
  /(?:第一|首|前)(?:位|名|个)?的?(?:责任)?(?:单位|部门|科室)?(?:即)?(?:为|是|均为|系).{0,4}牵头|^(?:下|以下|后)同$/;

/** Cuts one piece into unit mentions: "A和有关部门" and "A等负有…职责的部门" are two; a closing 等 or 等部门 falls away. */
export function mentionsIn(passage: Passage, from: number, to: number): UnitMention[] {
  const text = passage.compact;
  let a = from;
  let b = to;
  const lead = /^(?:由|以及|及|和|与|会同|其中)(?=[区市县省各团镇乡])/.exec(text.slice(a, b));
  if (lead) a += lead[0].length;
  let tail = /等(?:部门|单位|部门和单位|单位和部门|部门单位)?$/.exec(text.slice(a, b));
  while (tail && b - a > tail[0].length) {
    b -= tail[0].length;
    tail = null;
  }
  if (b <= a) return [];
  const whole = text.slice(a, b);
  const two = classAfter.exec(whole);
  if (
    two?.[1] &&
    two[2] &&
    (looksLikeUnit(two[1]) || /等/.test(whole.slice(two[1].length, two[1].length + 1))) &&
    !/^(?:各|有关|相关|区有关|区相关)*$/.test(two[1])
  ) {
    return [...mentionsIn(passage, a, a + two[1].length), mention(passage, b - two[2].length, b)];
  }
  const joint =
    /^(.+?(?:局|委|办|部|院|会|队|中心|政府|街道|镇|乡|）|镇街|乡街|公司))(?:和|及|以及|与|会同)(?=(?:区|市|县|各|省|团|镇|街)[^、]{1,})(.+)$/.exec(
      whole,
    );
  if (joint?.[1] && joint[2] && looksLikeUnit(joint[1]) && looksLikeUnit(joint[2]) && joint[2].length > 2)
    return [...mentionsIn(passage, a, a + joint[1].length), ...mentionsIn(passage, b - joint[2].length, b)];
  const together = whole.indexOf('会同');
  if (together > 1 && looksLikeUnit(whole.slice(0, together)) && looksLikeUnit(whole.slice(together + 2)))
    return [...mentionsIn(passage, a, a + together), ...mentionsIn(passage, a + together + 2, b)];
  for (let i = a + 2; i < b - 1; i++) {
    if (
      passage.gapBefore(i) &&
      looksLikeUnit(text.slice(a, i)) &&
      /^(?:区|市|县|省|各|团|镇)/.test(text.slice(i, b)) &&
      looksLikeUnit(text.slice(i, b))
    )
      return [mention(passage, a, i), ...mentionsIn(passage, i, b)];
  }
  return [mention(passage, a, b)];
}

function mention(passage: Passage, from: number, to: number): UnitMention {
  return { text: passage.name(from, to), source: passage.span(from, to) };
}

/** Reads the names of units of a whole cell or line, whatever their role. */
export function readUnits(passage: Passage): UnitMention[] {
  const list = readList(passage, 0, passage.compact.length, 'responsible');
  return [...list.lead, ...list.responsible];
}

const territorialVerb =
  /(?:分别|共同|要|应|须|需|切实|具体)*(?:落实|承担|履行|负责|负有|压实|做好)?(?:好)?(?:辖区|各自)?属地(?:管理|监管)?(?:责任|职责|落实|负责|管理|工作)/;

/** Reads a territorial sentence: who bears it and which tasks it reaches; null where the text says nothing of the kind. */
export function readTerritorial(
  passage: Passage,
  from: number,
  to: number,
): { units: UnitMention[]; reach: UnitList['reach'] } | null {
  const text = passage.compact.slice(from, to);
  if (!text.includes('属地')) return readShared(passage, from, to);
  const reach: UnitList['reach'] = /(?:以下|下列|下述|后续|其余|下同|后同|以后)/.test(text)
    ? 'later'
    : /(?:以上|上述|上列|前述)/.test(text)
      ? 'earlier'
      : /(?:所有|各项|全部|本方案|本清单|本要点|均需|均须|均由)/.test(text) ||
          /不再(?:重复|一一|逐一|单独|另行)/.test(text)
        ? 'all'
        : 'here';
  const units: UnitMention[] = [];
  const seen = new Set<string>();
  let base = from;
  for (const sentence of text.split(/(?<=[。；])/)) {
    const m = territorialVerb.exec(sentence);
    if (m) {
      const clause = sentence.slice(0, m.index);
      const opening =
        /^.*(?:以下|以上|上述|下列|所有|各项|全部|本方案|任务|工作|事项|清单)[^各区市县镇乡街]*?(?:均|都|全部|一律|还)?(?:需要|需|须|由|应|要|请)?(?=[各区市县镇乡街]|属地)/.exec(
          clause,
        );
      const skip = opening ? opening[0].length : (/^(?:注：|备注：|并?由|同时由|（)*/.exec(clause)?.[0].length ?? 0);
      for (const [a, b] of pieces(passage.compact, base + skip, base + m.index)) {
        for (const unit of mentionsIn(passage, a, b)) {
          const name = {
            ...unit,
            text: unit.text.replace(/^(?:以及|及|和|由)/, '').replace(/(?:负责|按要求|要|应|须|需)$/, ''),
          };
          if (!seen.has(name.text) && looksLikeUnit(name.text)) {
            seen.add(name.text);
            units.push(name);
          }
        }
      }
    }
    base += sentence.length;
  }
  return units.length > 0 ? { units, reach } : null;
}

const shared =
  /(以下|下列|后续|其余|以上|上述|前述|所有|各项|全部)[^。；，、]{0,12}?(?:均|都|全部|一律)(?:需要|需|须|由|应|要)?([^。；]{2,80}?)(?:组织|抓好|共同|分别|具体)*(?:负责|落实|配合|参与|承担|实施)[^。；]{0,14}?(?:不再|不一一|下同|不另)/;

/** "以下均需各镇街负责，不再列出": the same, said without the word 属地. */
function readShared(
  passage: Passage,
  from: number,
  to: number,
): { units: UnitMention[]; reach: UnitList['reach'] } | null {
  const m = shared.exec(passage.compact.slice(from, to));
  if (!m?.[2]) return null;
  const at = from + m.index + m[0].indexOf(m[2], (m[1] ?? '').length);
  const units = pieces(passage.compact, at, at + m[2].length).flatMap(([a, b]) => mentionsIn(passage, a, b));
  if (units.length === 0 || !units.every((u) => looksLikeUnit(u.text))) return null;
  const reach = /以上|上述|前述/.test(m[1] ?? '') ? 'earlier' : /所有|各项|全部/.test(m[1] ?? '') ? 'all' : 'later';
  return { units, reach };
}

const dateLike =
  /^(?:于|在|并于|力争)?(?:\d{4}年|\d{1,2}月|[一二三四五六七八九十]{1,2}月|年[底内末中]|[上下]半年|第?[一二三四1-4]季度|每[年月周季半]|全年|长期|持续|常态化|即日起|立即|适时|限期)/;

/** Reads compact[from, to) as a list of units with labels (责任单位：) and verbs (…牵头, …按职责分工负责). */
export function readList(passage: Passage, from: number, to: number, usual: Role = 'responsible'): UnitList {
  const text = passage.compact;
  const out: Record<Role, UnitMention[]> = { lead: [], responsible: [], territorial: [], time: [], other: [] };
  const times: [number, number][] = [];
  let role: Role = usual;
  let spoken = false;
  let pending: UnitMention[] = [];
  let stop = to;
  let reach: UnitList['reach'] = 'here';
  // The territorial sentence: everything from the clause that begins it to the end of the list.
  const named = text.slice(from, to).search(/属地/);
  const land = named >= 0 ? named : text.slice(from, to).search(shared);
  if (land >= 0) {
    const at = from + land;
    const semicolon = Math.max(text.lastIndexOf('。', at), text.lastIndexOf('；', at), from - 1) + 1;
    const comma = text.lastIndexOf('，', at) + 1;
    const begin =
      comma > semicolon && /^(?:各|区内?各|所在|相关镇|镇|乡|以下|以上|下列)/.test(text.slice(comma, at))
        ? comma
        : semicolon;
    const read = readTerritorial(passage, begin, to);
    if (read) {
      out.territorial.push(...read.units);
      reach = read.reach;
      stop = begin;
      spoken = true;
    }
  }
  const flush = (as: Role) => {
    out[as].push(...pending);
    pending = [];
  };
  for (const [begin, end] of pieces(text, from, stop)) {
    let a = begin;
    let b = end;
    for (let again = true; again; ) {
      again = false;
      for (const [pattern, as] of labels) {
        const m = pattern.exec(text.slice(a, b));
        if (!m) continue;
        flush(role);
        role = as;
        spoken = true;
        a += m[0].length;
        again = true;
        break;
      }
    }
    // "责任单位：A 完成时限：6月底前": labels parted by spaces only.
    const inner = a < b ? innerLabel(text, a, b) : -1;
    const ends: [number, number][] =
      inner > a
        ? [
            [a, inner],
            [inner, b],
          ]
        : [[a, b]];
    for (const [x, y] of ends) {
      a = x;
      b = y;
      if (x === inner) {
        const next = labels.find(([pattern]) => pattern.test(text.slice(a, b)));
        if (next) {
          flush(role);
          role = next[1];
          spoken = true;
          a += next[0].exec(text.slice(a, b))?.[0].length ?? 0;
        }
      }
      if (a >= b) continue;
      if (role === 'time') {
        times.push([a, b]);
        continue;
      }
      if (role === 'other') continue;
      // "区应急局；2026年6月底前完成": a date among the units says when, not who.
      if (dateLike.test(text.slice(a, b)) && !looksLikeUnit(text.slice(a, b))) {
        times.push([a, b]);
        continue;
      }
      if (orderNote.test(text.slice(a, b))) continue;
      a += byWhom.exec(text.slice(a, b))?.[0].length ?? 0;
      const piece = text.slice(a, b);
      const split = /^(.+?牵头(?:负责)?)(?=(?:区|市|县|各|省)[^、]{2,}(?:配合|负责|参与|落实|协助)$)/.exec(piece);
      const parts: [number, number][] = split?.[1]
        ? [
            [a, a + split[1].length],
            [a + split[1].length, b],
          ]
        : [[a, b]];
      for (const [p, q] of parts) {
        const said = text.slice(p, q);
        const aside = /（(?:牵头|主责|主办|为?主)(?:单位|部门)?）$/.exec(said);
        if (aside) {
          spoken = true;
          out.lead.push(...mentionsIn(passage, p, q - aside[0].length));
          continue;
        }
        const lead = leadVerb.exec(said);
        const done = lead || /(?:部门|单位|机构)$/.test(said) ? null : doneVerb.exec(said);
        // 区政协办 is a unit, not 区政 that helps.
        const verb = lead ?? (done && looksLikeUnit(said) && !looksLikeUnit(said.slice(0, done.index)) ? null : done);
        const bare = verb ? verb.index : said.length;
        if (bare > 0 && !wholeVerb.test(said)) pending.push(...mentionsIn(passage, p, p + bare));
        if (verb || wholeVerb.test(said)) {
          spoken = true;
          flush(lead ? 'lead' : role === 'lead' && !done ? 'lead' : 'responsible');
        }
      }
    }
  }
  flush(role);
  const nonEmpty = (list: UnitMention[]) => list.filter((u) => u.text !== '' && !/^(?:等|无|—+|\/)$/.test(u.text));
  return {
    start: from,
    end: to,
    times,
    reach,
    spoken,
    lead: nonEmpty(out.lead),
    responsible: nonEmpty(out.responsible),
    territorial: out.territorial,
  };
}

const anyLabel =
  /(?:牵头|主办|主责|责任|配合|协办|协同|协助|参加|参与|落实|承办|组织|实施|完成|整改|办结)(?:责任|负责)?(?:单位|部门|时限|期限|时间)：/g;

function innerLabel(text: string, from: number, to: number): number {
  anyLabel.lastIndex = from + 1;
  const m = anyLabel.exec(text);
  return m && m.index > from && m.index + m[0].length <= to ? m.index : -1;
}

const dutyPhrase = /(?:按照?|依据?|根据)(?:各自)?(?:工作)?(?:职责|职能)(?:分工)?[^、，；]{0,8}$/;
const bareWord = /^(?:街道|开发区|园区|功能区|社区|乡镇|镇街|乡街|村|企业|单位|部门|机构|公司|试行|考核办|.{0,1})$/;

/** Finds every unit list of a passage: in brackets, behind a label at the end, or as a closing sentence. */
export function findLists(passage: Passage): UnitList[] {
  const text = passage.compact;
  const all = summingLine(passage);
  if (all) return [all];
  const found: UnitList[] = [];
  let depth = 0;
  let open = -1;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '（' || c === '〔') {
      if (depth === 0) open = i;
      depth++;
    } else if ((c === '）' || c === '〕') && depth > 0) {
      depth--;
      if (depth === 0) {
        const list = bracketList(passage, open, i + 1);
        if (list) found.push(list);
      }
    }
  }
  if (depth > 0 && open >= 0 && labels.some(([p]) => p.test(text.slice(open + 1, open + 24)))) {
    const list = readList(passage, open + 1, text.length);
    found.push({ ...list, start: open, end: text.length });
  }
  if (found.length === 0 || (found.at(-1)?.end ?? 0) < text.length - 6) {
    const tail =
      labelledTail(passage, found.at(-1)?.end ?? 0) ?? (found.length === 0 ? closingSentence(passage) : null);
    if (tail) found.push(tail);
  }
  return merged(text, found);
}

/** Adjacent lists, as in （牵头单位：A）（责任单位：B）, are one. */
function merged(text: string, lists: readonly UnitList[]): UnitList[] {
  const out: UnitList[] = [];
  for (const list of lists) {
    const last = out.at(-1);
    if (last && /^[。，；、]?$/.test(text.slice(last.end, list.start))) {
      out[out.length - 1] = {
        start: last.start,
        end: list.end,
        lead: [...last.lead, ...list.lead],
        responsible: [...last.responsible, ...list.responsible],
        territorial: [...last.territorial, ...list.territorial],
        times: [...last.times, ...list.times],
        reach: list.reach === 'here' ? last.reach : list.reach,
        spoken: last.spoken || list.spoken,
      };
    } else out.push(list);
  }
  return out;
}

function bracketList(passage: Passage, open: number, close: number): UnitList | null {
  const text = passage.compact;
  const inside = text.slice(open + 1, close - 1);
  if (inside.length < 3 || inside.length > 600) return null;
  const labelled = labels.some(([p]) => p.test(inside));
  if (!labelled && /^(?:见|详见|以下简称|简称|含|包括|即|如|或|不含|原|除)/.test(inside)) return null;
  const atEnd =
    /^[。；，]?(?:$|[\n（〔])/.test(text.slice(close, close + 2)) || /^[。；]/.test(text.slice(close, close + 1));
  const afterStop = /[。；]/.test(text[open - 1] ?? '');
  if (labelled) {
    const list = readList(passage, open + 1, close - 1);
    return list.lead.length + list.responsible.length + list.territorial.length + list.times.length > 0
      ? { ...list, start: open, end: close }
      : null;
  }
  if (/[：！？]/.test(inside)) return null;
  const list = readList(passage, open + 1, close - 1);
  const units = [...list.lead, ...list.responsible];
  if (units.length === 0 && list.territorial.length > 0) return { ...list, start: open, end: close };
  if (units.length === 0) return null;
  const sure = units.filter((u) => looksLikeUnit(u.text)).length;
  // A verb at the end vouches for a name of an unusual form; bare names must all look like units.
  const divided = dutyPhrase.test(inside) && sure > 0;
  if (
    sure < units.length &&
    !(
      list.spoken &&
      (divided || sure * 2 >= units.length) &&
      units.every((u) => u.text.length <= 16 && !/[的了]/.test(u.text))
    )
  )
    return null;
  if (list.spoken || (list.times.length > 0 && atEnd))
    return atEnd || afterStop || /[，。；：]/.test(text[close] ?? '，') ? { ...list, start: open, end: close } : null;
  if (!atEnd && !afterStop) return null;
  // 镇（街道、开发区）names a class; among two names that stand by themselves 开发区 is a unit.
  const firm = units.filter((u) => !bareWord.test(u.text) && isFirmName(u.text)).length;
  if ((firm < 2 && units.some((u) => bareWord.test(u.text))) || unitEnd.test(text.slice(Math.max(0, open - 4), open)))
    return null;
  return { ...list, start: open, end: close };
}

const tailLabel =
  /(?:^(?:\d{1,2}[.、]|（[一二三四五六七八九十\d]{1,3}）|[①-⑳])?|[。；！）〕”\n])((?:(?:责任|牵头|分管|包保|包联|包抓|挂点|[市县区]级)(?:责任)?领导|责任人)：|(?:主要|共同|第一)?(?:牵头|主办|主责|责任|配合|协办|协同|协助|参加|参与|落实|承办|组织|实施|完成|整改|办结)(?:责任|负责|实施)?(?:单位|部门|主体|时限|期限|时间|科室|处室|股室|站所|办所|所站|科所)?(?:（[^（）]{1,8}）)?：)/g;

/** 责任单位：… without brackets, from its label to the end of the passage. */
function labelledTail(passage: Passage, after: number): UnitList | null {
  const text = passage.compact;
  if (!text.includes('：')) return null;
  tailLabel.lastIndex = Math.max(0, after - 1);
  let m = tailLabel.exec(text);
  while (m && m[1] === undefined) m = tailLabel.exec(text);
  if (!m?.[1]) return null;
  const from = m.index + m[0].length - m[1].length;
  if (text.length - from > 800) return null;
  const list = readList(passage, from, text.length);
  const units = [...list.lead, ...list.responsible];
  if (units.length + list.times.length + list.territorial.length === 0) return null;
  if (units.some((u) => u.text.length > 40)) return null;
  // 牵头： and 配合： alone are labels only where names of units follow.
  if (/^.{2}：/.test(m[1]) && !units.every((u) => looksLikeUnit(u.text))) return null;
  return { ...list, start: from, end: text.length };
}

const summing =
  /^(?:以上|上述)(?:各项|所有|全部)?(?:任务|工作|措施|内容|事项|各条|各项|\d{1,2}项)*，?(?:均|都|全部|统一)?由(?=.{2,120}(?:负责|牵头|落实|配合|实施|抓好)。?$)/;

/** "以上由区住建局负责。": a line of its own that says who does what stands above it. */
function summingLine(passage: Passage): UnitList | null {
  const text = passage.compact;
  const m = summing.exec(text);
  if (!m) return null;
  const list = readList(passage, m[0].length, text.length);
  const units = [...list.lead, ...list.responsible];
  if (units.length === 0 || !units.every((u) => looksLikeUnit(u.text))) return null;
  return { ...list, start: 0, end: text.length, spoken: true };
}

/** "由区应急局牵头，区住建局配合。" as the last sentence of a passage. */
function closingSentence(passage: Passage): UnitList | null {
  const text = passage.compact;
  const end = text.endsWith('。') ? text.length - 1 : text.length;
  const from = Math.max(text.lastIndexOf('。', end - 1), text.lastIndexOf('；', end - 1)) + 1;
  const sentence = text.slice(from, end);
  if (from === 0 || sentence.length > 300 || !/(?:负责|牵头|配合|落实|参与|参加|实施)$/.test(sentence)) return null;
  const list = readList(passage, from, end);
  const units = [...list.lead, ...list.responsible];
  if (!list.spoken || units.length === 0 || !units.every((u) => looksLikeUnit(u.text))) return null;
  return { ...list, start: from, end: text.length };
}

/** "区公安局：负责…": a paragraph that opens with the unit it is addressed to. `from` skips the number. */
export function openingUnit(passage: Passage, from: number): UnitList | null {
  const text = passage.compact;
  const colon = text.slice(from, from + 60).indexOf('：');
  if (colon < 2 || text.length - from - colon < 8) return null;
  const names = text.slice(from, from + colon);
  if (/[。；“《]/.test(names)) return null;
  const list = readList(passage, from, from + colon);
  const units = [...list.lead, ...list.responsible];
  return units.length > 0 && units.every((u) => looksLikeUnit(u.text) && isFirmName(u.text))
    ? { ...list, start: from, end: from + colon + 1 }
    : null;
}

const dutyClause = /(?:牵头(?:负责|组织|实施|抓总)?|负责|配合|参与|参加|协助|落实|实施|主责|主抓)$/;

/**
 * "由区商务局牵头，区公安分局、各镇配合，对……": sentences that begin with who does what and go on with the work. `from` skips
 * the number. Each list spans the clauses that name units only.
 */
export function openingDuties(passage: Passage, from: number): UnitList[] {
  const text = passage.compact;
  if (!/牵头|负责|配合/.test(text)) return [];
  const found: UnitList[] = [];
  for (let at = from; at >= 0 && at < text.length; ) {
    const list = dutyAt(passage, at);
    if (list) found.push(list);
    const next = text.slice(list ? list.end : at).search(/[。；：]/);
    at = next < 0 ? -1 : (list ? list.end : at) + next + 1;
  }
  return found;
}

function dutyAt(passage: Passage, at: number): UnitList | null {
  const text = passage.compact;
  const skip = /^(?:[①-⑳]|[一二三四五六七八九十]是|要|同时，?)*由?/.exec(text.slice(at))?.[0].length ?? 0;
  const told = text.slice(at, at + skip).endsWith('由');
  const begin = at + skip;
  let to = begin;
  let first = true;
  for (;;) {
    const rest = text.slice(to, to + 160);
    const stop = rest.search(/[，。；：]/);
    if (stop < 2) break;
    const clause = rest.slice(0, stop);
    const joined = /^(?:会同|联合|协同)/.exec(clause);
    if (/[。；]/.test(rest[stop] ?? '') || !(dutyClause.test(clause) || (joined && !first))) break;
    const names = clause.replace(/^(?:会同|联合|协同)/, '').replace(dutyClause, '');
    const parts = pieces(names, 0, names.length).map(([a, b]) => names.slice(a, b).replace(/等(?:部门|单位)?$/, ''));
    if (!parts.every((n) => looksLikeUnit(n) && (isFirmName(n) || told))) break;
    first = false;
    to += stop + 1;
  }
  if (first) return null;
  const list = readList(passage, begin, to);
  const units = [...list.lead, ...list.responsible].map((u) => ({
    ...u,
    text: u.text.replace(/^(?:会同|联合|协同)/, ''),
  }));
  if (units.length === 0 || !units.every((u) => looksLikeUnit(u.text))) return null;
  const named = (all: readonly UnitMention[]) =>
    all.map((u) => {
      const cut = /^(?:会同|联合|协同)/.exec(u.text)?.[0].length ?? 0;
      return cut > 0 ? { text: u.text.slice(cut), source: { ...u.source, start: u.source.start + cut } } : u;
    });
  return { ...list, lead: named(list.lead), responsible: named(list.responsible), start: at, end: to };
}

const demand =
  /^(?:负责(?!人)|要(?!求|素|点|道|害|件|闻)|应当|应(?=[及立依严加按对组督切])|须|需要|必须|具体负责|牵头(?!单位|部门))/;

/** "区住建局要……": the units that are the subject of the sentence with which an item begins; empty where it has none. */
export function subjectUnits(passage: Passage, from: number, to: number): UnitMention[] {
  // 摸排建档。各社区要……: the subject stands behind a heading of its own.
  const heading = /^[^，。；：“《]{2,20}。/.exec(passage.compact.slice(from, Math.min(to, from + 24)));
  if (heading && to - from > heading[0].length + 8) {
    const behind = subjectUnits(passage, from + heading[0].length, to);
    if (behind.length > 0 && !behind.some((u) => /(?:部门|单位)$/.test(u.text))) return behind;
  }
  const text = passage.compact.slice(from, Math.min(to, from + 80));
  for (let i = 2; i < text.length; i++) {
    if (/[，。；：“《]/.test(text[i] ?? '')) break;
    if (!demand.test(text.slice(i))) continue;
    const names = pieces(passage.compact, from, from + i).flatMap(([a, b]) => mentionsIn(passage, a, b));
    if (names.length > 0 && names.every((u) => looksLikeUnit(u.text) && (isFirmName(u.text) || everyArea.test(u.text))))
      return names;
  }
  return [];
}

/** Names that can hardly be anything else: 区应急局, 各镇街, not 重点企业 or 工作机构. */
export function isFirmName(text: string): boolean {
  return (
    /^(?:各|区|市|县|省|镇|街道|团|州|旗)[^，。]{1,}|(?:局|委|办|队|法院|检察院|管委会|办公室|中心|所|科|院)$/.test(
      text,
    ) && !/(?<!市)场所$|^各(?:企业|类|项|级)|^(?:区|市)(?:内|域|场(?!所$|监|管))/.test(text)
  );
}
