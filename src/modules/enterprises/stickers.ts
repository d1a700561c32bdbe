/** One sticker as it is printed. */
export interface Sticker {
  readonly number: string;
  readonly name: string;
  readonly townName: string | null;
  /** The code as an <svg> element. */
  readonly svg: string;
}

const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Stickers on A4, three across and five down, with lines to cut along; a page of its own without scripts. */
export function stickerPage(stickers: readonly Sticker[], heading: string): string {
  const cells = stickers.map(
    (one) => `<article>
  <h2>${safe(one.name)}</h2>
  <div class="code">${one.svg}</div>
  <p class="number">${safe(one.number)}</p>
  <p class="say">${safe(one.townName ?? '')}　扫码查看安全档案、报告隐患</p>
</article>`,
  );
  const pages: string[] = [];
  for (let at = 0; at < cells.length; at += 15) pages.push(`<section>${cells.slice(at, at + 15).join('\n')}</section>`);
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${safe(heading)}</title>
<style>
@page { size: A4; margin: 10mm; }
body { margin: 0; font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #111; }
section { width: 190mm; height: 276mm; display: grid; grid-template-columns: repeat(3, 1fr); grid-template-rows: repeat(5, 1fr);
  page-break-after: always; margin: 0 auto; }
section:last-child { page-break-after: auto; }
article { border: 0.2mm dashed #999; padding: 2mm 3mm; text-align: center; overflow: hidden; }
h2 { font-size: 10pt; line-height: 1.25; height: 2.5em; margin: 0 0 1mm; overflow: hidden; font-weight: 600; }
.code svg { width: 30mm; height: 30mm; }
p { margin: 0; }
.number { font-size: 10pt; font-weight: 600; }
.say { font-size: 7pt; color: #444; }
@media screen { body { background: #e6eaf0; } section { background: #fff; margin: 8mm auto; padding: 10mm; } }
</style>
</head>
<body>
${pages.join('\n')}
</body>
</html>`;
}
