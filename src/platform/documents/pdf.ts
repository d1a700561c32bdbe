import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { SourceDocument } from '../../kernel/document.ts';
import { DocumentBuilder } from './builder.ts';
import type { Limits } from './limits.ts';
import type { Page, Run } from './page.ts';
import { layoutPages } from './page-layout.ts';
import { multiply, rulingsOf } from './pdf-rulings.ts';
import { DocumentRefused } from './refused.ts';
import { withTabbedTables } from './tabbed.ts';

const MOST_PAGES = 3000;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Reads the text layer of a PDF: paragraphs re-joined from lines, tables from their rulings. */
export async function readPdf(bytes: Uint8Array, limits: Limits): Promise<SourceDocument> {
  allowTransfer();
  const pdf = await open(bytes);
  if (pdf.numPages > MOST_PAGES) {
    throw new DocumentRefused('too-large', `这份 PDF 有 ${pdf.numPages} 页，超过 ${MOST_PAGES} 页，请拆分后再导入。`);
  }
  const { OPS } = await getResolvedPDFJS();
  const builder = new DocumentBuilder(limits);
  const pages: Page[] = [];
  const silent: number[] = [];
  let slanted = false;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: 1 });
    const runs: Run[] = [];
    for (const item of (await page.getTextContent()).items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const matrix = multiply(viewport.transform, item.transform);
      const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = matrix;
      if (Math.abs(b) > Math.abs(a) * 0.1) {
        slanted = true;
        continue;
      }
      runs.push({
        text: withoutRadicals(item.str),
        x,
        y,
        width: item.width,
        size: Math.round(Math.hypot(c, d) * 10) / 10,
      });
    }
    const list = await page.getOperatorList();
    if (runs.length === 0 && list.fnArray.includes(OPS.paintImageXObject)) silent.push(number);
    const rulings = rulingsOf(list.fnArray, list.argsArray, viewport.transform, OPS);
    pages.push({ width: viewport.width, height: viewport.height, runs, rulings });
    page.cleanup();
  }
  if (pages.every((page) => page.runs.length === 0)) {
    throw new DocumentRefused(
      'scan',
      '这份 PDF 是扫描件，只有图片，没有文字。请向发文单位要文字版（.docx 或带文字的 PDF），或先做文字识别（OCR）后再导入。',
    );
  }
  if (silent.length > 0) {
    builder.loss('silent-pages', `第 ${silent.slice(0, 20).join('、')} 页是图片，没有文字，没有读取。`);
  }
  if (slanted) builder.loss('slanted-text', '斜排或竖转的文字（如水印）没有读取。');
  layoutPages(pages, builder);
  await pdf.destroy();
  const document = builder.finish('pdf');
  return { ...document, blocks: withTabbedTables(document.text, document.blocks) };
}

/** Radicals that fonts draw with the glyph of the character, so that a printed file names them in its stead. */
const radicals: Readonly<Record<string, string>> = Object.fromEntries(
  '⺁厂⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋卩⺍小⺎兀⺏尢⺐尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗小⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒長⻓长⻔门⻕阝⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟'
    .match(/../gu)
    ?.map((pair) => [...pair] as [string, string]) ?? [],
);
const withoutRadicals = (text: string): string =>
  text.replace(/[\u2e80-\u2fd5]/g, (sign) => radicals[sign] ?? sign.normalize('NFKC'));

async function open(bytes: Uint8Array): Promise<Pdf> {
  try {
    // The library takes the buffer over, so it gets a copy; scripts and remote resources of the file are never run.
    return await getDocumentProxy(new Uint8Array(bytes), { isEvalSupported: false, verbosity: 0, stopAtErrors: false });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new DocumentRefused('encrypted', '这份 PDF 设有打开密码，无法读取。请先去掉密码，另存后再导入。');
    }
    throw new DocumentRefused('damaged', '这份 PDF 已损坏，读不出来。请重新导出或下载后再导入。');
  }
}

/** Node 20 lacks a method of buffers that the library needs for reading drawings. */
function allowTransfer(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length: number = this.byteLength): ArrayBuffer {
      const copy = new ArrayBuffer(length);
      new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
      return copy;
    },
  });
}
