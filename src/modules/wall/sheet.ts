import type { Static } from 'typebox';
import { day as asDay, dayInWords, daysBetween } from '../../kernel/day.ts';
import type { boardView } from './api.ts';

export type Board = Static<typeof boardView>;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one);

/** Lamps for black-and-white printers too: shape and word, not colour alone. */
const lampSigns = { red: '◆', amber: '▲', green: '●', grey: '■' } as const;
/** As many as fit beside the rest on one page. */
const mostLate = 15;

type Counted = Pick<Board['figures'], 'open' | 'red' | 'amber' | 'green' | 'grey' | 'closed'>;

const lampCells = (counted: Counted): string =>
  (['red', 'amber', 'green'] as const)
    .map(
      (lamp) =>
        `<td class="n ${counted[lamp] > 0 ? lamp : 'zero'}">${counted[lamp] > 0 ? `${lampSigns[lamp]}${counted[lamp]}` : '—'}</td>`,
    )
    .join('');

function figuresRow(board: Board): string {
  const { figures } = board;
  const cells: [string, string | number, string][] = [
    ['下达任务', figures.assigned, ''],
    ['在办', figures.open, ''],
    ['◆ 逾期', figures.red, 'red'],
    ['▲ 临期或落后', figures.amber, 'amber'],
    ['● 正常', figures.green, 'green'],
    ['待签收', figures.toReceive, ''],
    ['待核查', figures.submitted, ''],
    ['已办结', figures.closed, ''],
    ['其中逾期办结', figures.closedLate, ''],
    ['办结率', figures.completion === null ? '—' : `${figures.completion}%`, ''],
  ];
  return `<div class="figures">${cells.map(([name, value, css]) => `<div class="figure ${css}"><b>${value}</b><span>${name}</span></div>`).join('')}</div>`;
}

/** Stages as bars over the months that they cover, with the day shown as a line. */
function timeline(board: Board): string {
  const dated = board.stages.filter((stage) => stage.from !== null || stage.to !== null).slice(0, 9);
  if (dated.length === 0) return '<p class="none">方案没有划分阶段。</p>';
  const days = dated.flatMap((stage) => [stage.from, stage.to]).filter((one): one is string => one !== null);
  const first = asDay([...days, board.day].sort()[0] ?? board.day);
  const last = asDay([...days, board.day].sort().at(-1) ?? board.day);
  const width = Math.max(1, daysBetween(first, last));
  const at = (text: string): number => (daysBetween(first, asDay(text)) / width) * 100;
  const rows = dated.map((stage) => {
    const from = at(stage.from ?? first);
    const to = at(stage.to ?? last);
    const done = stage.closed + stage.open === 0 ? 0 : Math.round((stage.closed / (stage.closed + stage.open)) * 100);
    const label = `${stage.from ?? '自始'} 至 ${stage.to ?? '待定'} · 办结 ${done}%${stage.red > 0 ? ` · ◆${stage.red}` : ''}`;
    return `<div class="stage"><span class="name">${escaped(stage.name)}</span><span class="track"><i style="left:${from}%;width:${Math.max(1, to - from)}%"><u style="width:${done}%"></u></i><em style="left:${at(board.day)}%"></em></span><span class="dates">${label}</span></div>`;
  });
  return rows.join('');
}

function unitsTable(board: Board): string {
  const rows = board.units
    .filter((unit) => unit.open + unit.closed > 0)
    .slice(0, 24)
    .map((unit, index) => {
      const rate =
        unit.open + unit.closed === 0 ? '—' : `${Math.round((unit.closed / (unit.open + unit.closed)) * 100)}%`;
      return `<tr><td class="n">${index + 1}</td><td>${escaped(unit.name)}</td>${lampCells(unit)}<td class="n">${unit.open}</td><td class="n">${unit.closed}</td><td class="n">${rate}</td><td class="n ${unit.longest > 0 ? 'red' : 'zero'}">${unit.longest > 0 ? `${unit.longest} 天` : '—'}</td></tr>`;
    });
  return `<table><thead><tr><th class="n">序</th><th>责任单位</th><th class="n">逾期</th><th class="n">临期</th><th class="n">正常</th><th class="n">在办</th><th class="n">办结</th><th class="n">办结率</th><th class="n">最长逾期</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function lateTable(board: Board): string {
  if (board.late.length === 0) return '<p class="none">没有逾期的任务。</p>';
  const rows = board.late
    .slice(0, mostLate)
    .map(
      (task) =>
        `<tr><td class="code">${task.number}</td><td>${escaped(task.title)}</td><td>${escaped(task.unitName)}${task.personName ? ` <small>${escaped(task.personName)}</small>` : ''}</td><td class="n">${task.dueOn ?? ''}</td><td class="n red">${task.days} 天</td><td>${escaped(task.next.replace(task.unitName, ''))}</td></tr>`,
    );
  const rest = board.figures.red - Math.min(mostLate, board.late.length);
  return `<table><thead><tr><th class="c16">编号</th><th>任务</th><th class="c22">责任单位、责任人</th><th class="n">时限</th><th class="n">逾期</th><th class="c16">下一步</th></tr></thead><tbody>${rows.join('')}</tbody></table>${rest > 0 ? `<p class="none">另有 ${rest} 项逾期任务，见系统清单。</p>` : ''}`;
}

function matrixTable(board: Board): string {
  const stages = board.stages.slice(0, 6);
  const sectors = [...new Set(board.matrix.map((cell) => cell.sector))].slice(0, 12);
  const cell = (sector: string | null, stageId: string | null): string => {
    const found = board.matrix.find((one) => one.sector === sector && one.stageId === stageId);
    if (!found || found.open + found.closed === 0) return '<td class="n zero">—</td>';
    const marks = (['red', 'amber', 'green', 'grey'] as const)
      .filter((lamp) => found[lamp] > 0)
      .map((lamp) => `<span class="${lamp}">${lampSigns[lamp]}${found[lamp]}</span>`);
    return `<td class="n">${marks.join(' ')}${found.closed > 0 ? ` <small>结${found.closed}</small>` : ''}</td>`;
  };
  const head = [
    ...stages.map((stage) => `<th class="n">${escaped(stage.name.slice(0, 10))}</th>`),
    '<th class="n">未分阶段</th>',
  ];
  const rows = sectors.map(
    (sector) =>
      `<tr><td>${escaped(sector ?? '综合')}</td>${stages.map((stage) => cell(sector, stage.stageId)).join('')}${cell(sector, null)}</tr>`,
  );
  return `<table><thead><tr><th>行业领域</th>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const style = `
@page { size: A3 landscape; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0; font: 10pt/1.3 "Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif; color: #1b2430; }
header { border-bottom: 2pt solid #c8161d; margin-bottom: 8pt; padding-bottom: 4pt; overflow: hidden; }
h1 { font-size: 22pt; margin: 0; letter-spacing: 1pt; float: left; } header p { float: right; margin: 10pt 0 0; }
h2 { font-size: 12pt; margin: 8pt 0 3pt; border-left: 4pt solid #0b4a9e; padding-left: 6pt; }
.figures { display: flex; border: 0.75pt solid #9aa7b8; } .figure { flex: 1; text-align: center; border-right: 0.75pt solid #d5dce6; padding: 4pt 0; }
.figure:last-child { border-right: 0; } .figure b { display: block; font-size: 18pt; font-variant-numeric: tabular-nums; }
.columns { display: flex; } .columns > section { width: 46%; } .columns > section + section { width: 54%; } .c16 { width: 14%; } .c22 { width: 21%; } .columns > section:first-child { padding-right: 10pt; } .columns > section:last-child { padding-left: 10pt; }
table { width: 100%; border-collapse: collapse; font-size: 8.6pt; } th, td { border: 0.5pt solid #b8c2cf; padding: 1.6pt 4pt; text-align: left; vertical-align: top; }
th { background: #eef2f7; font-weight: 600; } .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .code { white-space: nowrap; }
.red { color: #c8161d; font-weight: 600; } .amber { color: #8f5600; font-weight: 600; } .green { color: #1c7a35; } .grey, .zero { color: #68727f; }
.stage { display: flex; align-items: center; font-size: 9pt; padding: 1.5pt 0; } .stage .name { width: 27%; } .stage .dates { width: 33%; padding-left: 8pt; }
.track { position: relative; flex: 1; height: 11pt; background: #f1f4f8; } .track i { position: absolute; top: 1pt; bottom: 1pt; background: #b9cce8; } .track u { position: absolute; left: 0; top: 0; bottom: 0; background: #0b4a9e; }
.track em { position: absolute; top: -1pt; bottom: -1pt; border-left: 1.2pt solid #c8161d; } .none { color: #5b6673; margin: 3pt 0; font-size: 9pt; }
footer { margin-top: 6pt; font-size: 8.5pt; color: #5b6673; } tr { break-inside: avoid; }
@media screen { body { max-width: 400mm; margin: 12mm auto; } }
`;

/** The wall of one day on one A3 page, as a page of its own: Chromium prints it, or any browser. */
export function sheetPage(board: Board, planTitle: string | null): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(board.jurisdictionName)}挂图作战表</title><style>${style}</style></head><body>
<header><h1>${escaped(board.jurisdictionName)}安全生产工作挂图作战表</h1><p>截至 ${dayInWords(asDay(board.day))}${planTitle ? `　${escaped(planTitle)}` : ''}</p></header>
${figuresRow(board)}
<div class="columns"><section><h2>阶段进度</h2>${timeline(board)}<h2>责任单位（按最长逾期排序）</h2>${unitsTable(board)}</section>
<section><h2>逾期任务（逾期最久在前）</h2>${lateTable(board)}<h2>行业领域 × 阶段</h2>${matrixTable(board)}</section></div>
<footer>◆ 逾期　▲ 临期或进度落后　● 正常　■ 暂停　结：已办结。数据由系统按 ${board.day} 当日情况计算，生成于 ${escaped(board.computedAt)}。</footer>
</body></html>`;
}
