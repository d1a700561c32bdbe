import type { CellBlock, SourceDocument, TableBlock } from '../../kernel/document.ts';
import { readPeriod } from './dates.ts';
import { draftTask, nobody, type Range, type Units } from './drafts.ts';
import type { Stage, TaskDraft, UnitMention } from './extraction.ts';
import { type Passage, passageOf } from './passages.ts';
import type { DateSetting } from './points.ts';
import { findLists, looksLikeUnit, readList, readTerritorial, type UnitList } from './units.ts';

export type ColumnRole =
  | 'number'
  | 'group'
  | 'task'
  | 'measure'
  | 'lead'
  | 'responsible'
  | 'time'
  | 'stage'
  | 'goal'
  | 'person'
  | 'note';

const roles: readonly (readonly [RegExp, ColumnRole])[] = [
  [/^(?:序号|编号|序|号|No\.?|项次)$/i, 'number'],
  [/责任人|负责人|联系人|领导|电话|姓名|职务|签字|联络员/, 'person'],
  [/(?:牵头|主办|主责)(?!.*(?:及|和|、|\/)(?:责任|配合))/, 'lead'],
  [
    /(?:责任|配合|协办|参加|参与|协同|落实|承办|实施|负责|协助|牵头|执行|主管|监管)(?:责任|负责)?.{0,6}(?:单位|部门|主体|科室|处室)|^(?:配合|协办|协同|参与)[^，。]{0,8}$|^责任[^人领状事]{0,2}(?:站所|办所|科所|镇街|街道|乡镇|社区|村居|村|股室|单元|企业)|^(?:单位|部门|分工|责任分工|任务分工|职责分工|配合|责任主体|协办)$/,
    'responsible',
  ],
  [/时限|期限|完成时间|时间节点|时间要求|时间安排|进度|截止|完成日期|计划完成|^时间$|整改时间|完成节点|节点/, 'time'],
  [/^(?:工作|实施|推进)?阶段(?:名称|划分)?$/, 'stage'],
  [/^备注|说明$|^佐证|^进展|完成情况|落实情况|^状态/, 'note'],
  [
    /(?:工作|具体|整改|主要|推进|落实|防范|治理|管控|整治|实施|重点)?(?:措施|举措)|具体(?:内容|任务|工作|要求|事项|做法)|(?:工作|主要|任务|重点|整治|检查)内容|工作要求|细化任务|具体目标任务|内容$/,
    'measure',
  ],
  [
    /^(?:目标项目|项目类别|类别|大类|领域|行业领域|重点领域|板块|分类|目标类别|任务类别|方面|类型|一级(?:指标|任务)|行业|项目)$/,
    'group',
  ],
  [/任务|事项|工作$|重点工作|项目|问题|隐患|要点|名称|指标名称/, 'task'],
  [/目标|指标|标准|成效|成果|要求/, 'goal'],
];

function roleOf(header: string): ColumnRole | null {
  const h = header.replace(/[\s\n]/g, '').replace(/（[^（）]*）/g, '');
  if (h === '' || h.length > 20) return null;
  return roles.find(([pattern]) => pattern.test(h))?.[1] ?? null;
}

interface Grid {
  readonly rows: number;
  readonly columns: number;
  at(row: number, column: number): CellBlock | undefined;
}

function gridOf(table: TableBlock): Grid {
  const byPlace = new Map<number, CellBlock>();
  for (const cell of table.cells) {
    for (let r = cell.row; r < cell.row + cell.rowSpan; r++)
      for (let c = cell.column; c < cell.column + cell.columnSpan; c++) byPlace.set(r * 256 + c, cell);
  }
  return { rows: table.rows, columns: table.columns, at: (r, c) => byPlace.get(r * 256 + c) };
}

interface Header {
  readonly first: number;
  readonly last: number;
  readonly roles: readonly (ColumnRole | null)[];
  readonly words: readonly string[];
}

/** A table of tasks, ready to be read row by row. */
export interface TaskTable {
  readonly table: TableBlock;
  readonly grid: Grid;
  readonly header: Header;
  readonly title: Passage | null;
}

export class TableReader {
  private readonly passages = new Map<CellBlock, Passage>();
  private readonly known = new Map<number, TaskTable | null>();
  private last: Header | null = null;

  constructor(
    private readonly doc: SourceDocument,
    private readonly setting: () => DateSetting,
  ) {
    doc.blocks.forEach((b, i) => {
      if (b.kind !== 'table') return;
      const grid = gridOf(b);
      const own = this.findHeader(b, grid);
      const carried =
        !own && this.last && this.last.roles.length === b.columns ? { ...this.last, first: -1, last: -1 } : null;
      const header = own ?? carried;
      if (own) this.last = own;
      if (!header || !isTaskHeader(header)) {
        this.known.set(i, null);
        return;
      }
      let title: Passage | null = null;
      for (let r = 0; r < header.first; r++) {
        const cell = grid.at(r, 0) ?? grid.at(r, 1);
        if (cell && !title && this.text(cell).compact.length >= 6) title = this.text(cell);
      }
      this.known.set(i, { table: b, grid, header, title });
    });
  }

  isTaskTable(index: number): boolean {
    return Boolean(this.known.get(index));
  }

  /** True where a table of tasks has a column for units. */
  get nameUnits(): boolean {
    return [...this.known.values()].some((t) => t?.header.roles.some((r) => r === 'lead' || r === 'responsible'));
  }

  /** Title in a row that spans the table above its header, as workbooks have it. */
  titleOf(index: number): Passage | null {
    return this.known.get(index)?.title ?? null;
  }

  private text(cell: CellBlock): Passage {
    let p = this.passages.get(cell);
    if (!p) {
      p = passageOf(this.doc.text, cell.start, cell.end, {}, true);
      this.passages.set(cell, p);
    }
    return p;
  }

  private words(cell: CellBlock | undefined): string {
    return cell ? this.text(cell).compact.replaceAll('\n', '') : '';
  }

  private findHeader(table: TableBlock, grid: Grid): Header | null {
    for (let r = 0; r < Math.min(6, table.rows); r++) {
      let last = r;
      for (let c = 0; c < grid.columns; c++) {
        const cell = grid.at(r, c);
        if (cell && cell.rowSpan > 1 && cell.columnSpan < grid.columns)
          last = Math.min(r + 2, Math.max(last, cell.row + cell.rowSpan - 1));
      }
      const words: string[] = [];
      const found: (ColumnRole | null)[] = [];
      for (let c = 0; c < grid.columns; c++) {
        const top = grid.at(r, c);
        const low = grid.at(last, c);
        const both = top && low && top !== low ? `${this.words(top)}${this.words(low)}` : this.words(top ?? low);
        words.push(both);
        const cellRole = low && low !== top ? (roleOf(this.words(low)) ?? roleOf(both)) : roleOf(both);
        found.push(
          top && top.columnSpan > grid.columns / 2 && grid.columns > 2 ? (low !== top ? cellRole : null) : cellRole,
        );
      }
      // A column without a name that carries wording is the more particular half of the column before it.
      for (let c = 1; c < grid.columns; c++) {
        if (words[c] !== '' || found[c] || !(found[c - 1] === 'task' || found[c - 1] === 'group')) continue;
        const below = Array.from({ length: Math.min(5, grid.rows - last - 1) }, (_, k) =>
          this.words(grid.at(last + 1 + k, c)),
        );
        if (below.filter((w) => w.length >= 4).length > below.length / 2) found[c] = 'measure';
      }
      const kinds = new Set(found.filter((x) => x !== null));
      const hits = found.filter((x) => x !== null).length;
      if (kinds.size < 2 || hits < Math.min(3, grid.columns) || hits < grid.columns * 0.5) continue;
      const below = r + 1 < table.rows && last === r ? this.secondRow(grid, r, found) : null;
      return below ?? { first: r, last, roles: found, words };
    }
    return null;
  }

  /** A second header row in tables that lost their merges: only empty cells and further column names. */
  private secondRow(grid: Grid, r: number, found: readonly (ColumnRole | null)[]): Header | null {
    const lower = Array.from({ length: grid.columns }, (_, c) => this.words(grid.at(r + 1, c)));
    const named = lower.map((w) => (w === '' ? null : roleOf(w)));
    const filled = lower.filter((w) => w !== '').length;
    if (filled === 0 || filled !== named.filter((x) => x !== null).length || filled > grid.columns / 2 + 1) return null;
    if (lower[0] !== '' && lower[0] !== this.words(grid.at(r, 0))) return null;
    return {
      first: r,
      last: r + 1,
      roles: found.map((f, c) => named[c] ?? f),
      words: lower.map((w, c) => w || this.words(grid.at(r, c))),
    };
  }

  /** Reads the rows of a table of tasks. `units` holds for rows that name none. */
  read(index: number, path: readonly string[], units: Units | null): TaskDraft[] {
    const known = this.known.get(index);
    return known ? this.rows(known, path, units) : [];
  }

  /** Stages of a schedule that the document gives as a table; null where the table is none. */
  stages(index: number): Stage[] | null {
    const block = this.doc.blocks[index];
    if (block?.kind !== 'table') return null;
    const grid = gridOf(block);
    const header = this.findHeader(block, grid);
    if (!header) return null;
    const stage = header.roles.indexOf('stage');
    const time = header.roles.indexOf('time');
    if (stage < 0 || time < 0 || header.roles.includes('responsible') || header.roles.includes('lead')) return null;
    const out: Stage[] = [];
    let near: number | null = null;
    const seen = new Set<CellBlock>();
    for (let r = header.last + 1; r < grid.rows; r++) {
      const name = grid.at(r, stage);
      const when = grid.at(r, time);
      if (!name || !when || seen.has(name)) continue;
      seen.add(name);
      const period = readPeriod(this.words(when), this.setting(), near);
      if (!period) continue;
      near = period.year ?? near;
      const cells = Array.from({ length: grid.columns }, (_, c) => grid.at(r, c)).filter(
        (c): c is CellBlock => c !== undefined,
      );
      out.push({
        name: this.text(name).name().trim(),
        from: period.from,
        to: period.to,
        text: cells
          .map((c) => this.text(c).written())
          .filter((t) => t !== '')
          .join(' '),
        source: { start: Math.min(...cells.map((c) => c.start)), end: Math.max(...cells.map((c) => c.end)) },
      });
    }
    return out.length > 0 ? out : null;
  }

  private rows(t: TaskTable, path: readonly string[], given: Units | null): TaskDraft[] {
    const { grid, header } = t;
    const columns = (role: ColumnRole) => header.roles.flatMap((r, c) => (r === role ? [c] : []));
    const texts = [...columns('group'), ...columns('task'), ...columns('measure')];
    const goals = columns('goal');
    if (texts.length === 0) texts.push(...goals);
    const number = columns('number')[0] ?? -1;
    const flattened = !t.table.cells.some((c) => c.rowSpan > 1);
    const drafts: (TaskDraft & { key: string; body: CellBlock })[] = [];
    const carried = new Map<number, CellBlock>();
    let section: string | null = null;
    let units = given;
    let serial = '';
    const rules: { units: readonly UnitMention[]; from: number; to: number }[] = [];
    const head = header.first >= 0 ? header.words.join('|') : '';
    for (let r = header.last + 1; r < grid.rows; r++) {
      const row = Array.from({ length: grid.columns }, (_, c) => grid.at(r, c));
      const words = row.map((cell) => this.words(cell));
      if (
        words.join('|') === header.words.join('|') ||
        (head !== '' &&
          words.filter((w, c) => w !== '' && w === header.words[c]).length >= Math.max(2, grid.columns * 0.6))
      )
        continue;
      const distinct = new Set(row.filter((c): c is CellBlock => c !== undefined && this.words(c) !== ''));
      const only = distinct.size === 1 ? [...distinct][0] : undefined;
      if (
        only &&
        (only.columnSpan >= Math.max(2, grid.columns - 1) ||
          (only.column <= 1 && only.rowSpan === 1 && !looksLikeRowText(this.words(only))))
      ) {
        const p = this.text(only);
        const note = p.compact.includes('属地') ? readTerritorial(p, 0, p.compact.length) : null;
        if (note) {
          const here = drafts.length;
          rules.push({
            units: note.units,
            from: note.reach === 'later' ? here : 0,
            to: note.reach === 'earlier' ? here : Number.POSITIVE_INFINITY,
          });
          continue;
        }
        const list = findLists(p)[0];
        section = p
          .written(0, list?.start ?? p.compact.length)
          .trim()
          .replace(/[。：；]$/, '');
        units = list ? { lead: list.lead, responsible: list.responsible, territorial: [] } : given;
        carried.clear();
        continue;
      }
      if (number >= 0 && (words[number] ?? '') !== '') {
        if (serial !== words[number]) for (const c of texts) if (flattened) carried.delete(c);
        serial = words[number] ?? '';
      }
      for (const c of texts) {
        const cell = row[c];
        if (cell && this.words(cell) !== '') carried.set(c, cell);
      }
      const filled = texts.filter((c) => (words[c] ?? '') !== '');
      // The wording of the row: the most particular column whose cell begins here.
      const fresh = filled.filter((c) => row[c]?.row === r);
      const bodyColumn = fresh.at(-1) ?? filled.at(-1);
      if (bodyColumn === undefined) continue;
      const body = row[bodyColumn];
      if (!body || this.text(body).compact.length < 2) continue;
      const found = this.unitsOf(header, row, flattened);
      const p = this.text(body);
      const inText = findLists(p);
      const listed = found.lead.length + found.responsible.length > 0;
      const own: Units = listed
        ? found
        : inText.length > 0
          ? { lead: inText.flatMap((l) => l.lead), responsible: inText.flatMap((l) => l.responsible), territorial: [] }
          : (units ?? nobody);
      for (const l of found.lists)
        if (l.territorial.length > 0)
          rules.push({
            units: l.territorial,
            from: l.reach === 'all' || l.reach === 'earlier' ? 0 : drafts.length,
            to:
              l.reach === 'here' ? drafts.length + 1 : l.reach === 'earlier' ? drafts.length : Number.POSITIVE_INFINITY,
          });
      const same = drafts.at(-1);
      if (same && same.body === body && fresh.length === 0) {
        drafts[drafts.length - 1] = {
          ...same,
          lead: [...same.lead, ...own.lead.filter((u) => !same.lead.some((s) => s.text === u.text))],
          responsible: [
            ...same.responsible,
            ...own.responsible.filter((u) => !same.responsible.some((s) => s.text === u.text)),
          ],
        };
        continue;
      }
      const above = texts
        .filter((c) => c < bodyColumn || header.roles[c] === 'group')
        .filter((c) => c !== bodyColumn)
        .map((c) => carried.get(c))
        .filter((c): c is CellBlock => c !== undefined && c !== body);
      const beside = above.at(-1);
      const ownTitle =
        beside &&
        beside.row === r &&
        beside.rowSpan <= body.rowSpan &&
        header.roles[beside.column] === 'task' &&
        !this.sharesBelow(grid, beside, r, texts, flattened)
          ? beside
          : undefined;
      const ranges: Range[] = bodyRanges(p, inText);
      const later = texts
        .filter((c) => c > bodyColumn)
        .map((c) => row[c])
        .filter((c): c is CellBlock => c !== undefined && this.words(c) !== '' && c.rowSpan >= 1);
      for (const extra of [...later, ...goals.map((c) => row[c])])
        if (extra && extra !== body && this.words(extra) !== '' && !texts.includes(-1))
          ranges.push({ passage: this.text(extra), from: 0, to: this.text(extra).compact.length });
      const times: Range[] = columns('time')
        .map((c) => row[c])
        .filter((c): c is CellBlock => c !== undefined && this.words(c) !== '')
        .map((c) => ({ passage: this.text(c), from: 0, to: this.text(c).compact.length }));
      const cells = [...distinct];
      const draft = draftTask({
        number: serial,
        path: [
          ...path,
          ...(section ? [section] : []),
          ...above.filter((c) => c !== ownTitle).map((c) => this.text(c).name()),
        ],
        ...(ownTitle ? { title: this.text(ownTitle).name() } : {}),
        ranges,
        units: { ...own, territorial: [] },
        times,
        setting: this.setting(),
        span: {
          start: Math.min(body.start, ...cells.filter((c) => c.row === r).map((c) => c.start)),
          end: Math.max(body.end, ...cells.filter((c) => c.row === r).map((c) => c.end)),
        },
      });
      drafts.push({ ...draft, key: serial, body });
    }
    const groups = new Map<string, number>();
    for (const d of drafts) groups.set(d.key, (groups.get(d.key) ?? 0) + 1);
    const placed = new Map<string, number>();
    return drafts.map(({ key, body: _body, ...draft }, i) => {
      const turn = (placed.get(key) ?? 0) + 1;
      placed.set(key, turn);
      const place = (groups.get(key) ?? 0) > 1 ? `${key}-${turn}` : key;
      const land: UnitMention[] = [];
      for (const rule of rules)
        if (rule.from <= i && i < rule.to)
          for (const u of rule.units) if (!land.some((x) => x.text === u.text)) land.push(u);
      return { ...draft, number: key === '' ? String(i + 1) : place, territorial: land };
    });
  }

  private sharesBelow(grid: Grid, cell: CellBlock, r: number, texts: readonly number[], flattened: boolean): boolean {
    if (cell.rowSpan > 1) return true;
    if (!flattened || r + 1 >= grid.rows) return false;
    const below = grid.at(r + 1, cell.column);
    return this.words(below) === '' && texts.some((c) => this.words(grid.at(r + 1, c)) !== '');
  }

  private unitsOf(
    header: Header,
    row: readonly (CellBlock | undefined)[],
    _flattened: boolean,
  ): Units & { lists: UnitList[] } {
    const lead: UnitMention[] = [];
    const responsible: UnitMention[] = [];
    const lists: UnitList[] = [];
    const seen = new Set<CellBlock>();
    header.roles.forEach((role, c) => {
      const cell = row[c];
      if ((role !== 'lead' && role !== 'responsible') || !cell || seen.has(cell)) return;
      seen.add(cell);
      const p = healed(this.text(cell));
      const list = readList(p, 0, p.compact.length, role);
      lead.push(...list.lead);
      responsible.push(...list.responsible);
      lists.push(list);
    });
    return { lead, responsible, territorial: [], lists };
  }
}

/** Wording of a cell without the unit lists inside it. */
function bodyRanges(p: Passage, lists: readonly UnitList[]): Range[] {
  const ranges: Range[] = [];
  let at = 0;
  for (const list of lists) {
    if (list.start > at) ranges.push({ passage: p, from: at, to: list.start });
    at = list.end;
  }
  if (at < p.compact.length) ranges.push({ passage: p, from: at, to: p.compact.length });
  return ranges.filter((r) => !/^[。；，\n]*$/.test(p.compact.slice(r.from, r.to)));
}

/** A narrow cell breaks names: a line that is no unit by itself is joined to the next where together they are one. */
function healed(p: Passage): Passage {
  if (!p.compact.includes('\n')) return p;
  const drop = new Set<number>();
  for (let i = p.compact.indexOf('\n'); i >= 0; i = p.compact.indexOf('\n', i + 1)) {
    const left = /[^\n、，；。：]*$/.exec(p.compact.slice(0, i))?.[0] ?? '';
    const right = /^[^\n、，；。：]*/.exec(p.compact.slice(i + 1))?.[0] ?? '';
    const plain = (s: string) => s.replace(/等(?:部门|单位)?$/, '');
    const open = (left.match(/（/g) ?? []).length > (left.match(/）/g) ?? []).length;
    if (
      left !== '' &&
      (open ||
        (!looksLikeUnit(plain(left)) && !/等$/.test(left) && looksLikeUnit(plain(left + right))) ||
        /^(?:局|办|委|会|部|队|门|位)$/.test(right))
    )
      drop.add(i);
  }
  return drop.size > 0 ? p.without(drop) : p;
}

const looksLikeRowText = (words: string) => words.length > 30;

function isTaskHeader(h: Header): boolean {
  const has = (r: ColumnRole) => h.roles.includes(r);
  const wording = has('task') || has('measure') || has('goal') || has('group');
  if (!wording) return false;
  if (has('stage') && !has('responsible') && !has('lead')) return false;
  return (
    has('responsible') ||
    has('lead') ||
    ((has('task') || has('measure')) && (has('time') || has('number')) && !has('person'))
  );
}
