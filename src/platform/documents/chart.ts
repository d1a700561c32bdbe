import type { Chart } from '../../kernel/blanks.ts';
import type { TextPart } from './word-template.ts';
import { element, escaped, type XmlElement } from './xml-tree.ts';

const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** English metric units in a millimetre. */
const MM = 36_000;
/** As wide as the type area of an official document leaves room for. */
const WIDE = 150;
/** Height of columns, and of one bar with the white around it, in millimetres. */
const COLUMNS = 62;
const BAR = 6;
const AXIS = 14;
/** Light grey and white with black edges: told apart on a black-and-white print, and figures can be read on both. */
const FILLS = ['BFBFBF', 'FFFFFF', '7F7F7F'] as const;
/** Hundredths of a point: 五号. */
const SIZE = 1050;

/**
 * Draws a chart in the paragraph, in place of all its text, and puts its parts into the entries of the document. The
 * figures stand in the chart itself; there is no workbook behind it in which they could be changed. Equal charts give equal
 * bytes.
 */
export function putChart(part: TextPart, paragraph: XmlElement, entries: Map<string, Uint8Array>, chart: Chart): void {
  let number = 1;
  while (entries.has(`word/charts/chart${number}.xml`)) number += 1;
  const name = `word/charts/chart${number}.xml`;
  const id = `rIdChart${number}`;
  const at = part.name.lastIndexOf('/');
  const folder = part.name.slice(0, at + 1);
  const relations = `${folder}_rels/${part.name.slice(at + 1)}.rels`;
  const text = (key: string): string => new TextDecoder().decode(entries.get(key));
  const put = (key: string, content: string): void => void entries.set(key, new TextEncoder().encode(content));
  put(name, chartXml(chart));
  put(
    '[Content_Types].xml',
    before(
      text('[Content_Types].xml'),
      '</Types>',
      `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`,
    ),
  );
  put(
    relations,
    before(
      entries.has(relations) ? text(relations) : `${HEAD}<Relationships xmlns="${PACKAGE}"></Relationships>`,
      '</Relationships>',
      `<Relationship Id="${id}" Type="${RELATIONS}/chart" Target="${folder === 'word/' ? '' : '/word/'}charts/chart${number}.xml"/>`,
    ),
  );
  const { prefix } = part;
  const form = paragraph.children.find(
    (one): one is XmlElement => one.kind === 'element' && one.name === `${prefix}pPr`,
  );
  if (form) {
    // a picture in a line of fixed height would be cut, and an indent would push it over the edge
    form.children = form.children.filter(
      (one) => one.kind === 'raw' || ![`${prefix}spacing`, `${prefix}ind`, `${prefix}snapToGrid`].includes(one.name),
    );
  }
  paragraph.children = [
    ...(form ? [form] : []),
    element(`${prefix}r`, '', [element(`${prefix}drawing`, '', [{ kind: 'raw', raw: inline(chart, number, id) }])]),
  ];
}

const before = (text: string, mark: string, more: string): string => {
  const at = text.lastIndexOf(mark);
  return text.slice(0, at) + more + text.slice(at);
};

const heightOf = (chart: Chart): number =>
  chart.form === 'columns' ? COLUMNS : AXIS + Math.ceil(chart.names.length * BAR);

/** What a reader who cannot see the chart is told. */
const inWords = (chart: Chart): string =>
  chart.names
    .map((name, at) => `${name}：${chart.series.map((one) => `${one.name}${one.values[at] ?? 0}`).join('、')}`)
    .join('；');

const inline = (chart: Chart, number: number, id: string): string =>
  `<wp:inline xmlns:wp="${DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${WIDE * MM}" cy="${heightOf(chart) * MM}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="${1000 + number}" name="图${number}" descr="${attribute(inWords(chart))}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="${DRAWING}/main"><a:graphicData uri="${DRAWING}/chart"><c:chart xmlns:c="${DRAWING}/chart" xmlns:r="${RELATIONS}" r:id="${id}"/></a:graphicData></a:graphic></wp:inline>`;

const attribute = (text: string): string => escaped(text).replaceAll('"', '&quot;');

const fill = (colour: string): string => `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`;
const line = (width: number): string => `<a:ln w="${width}">${fill('000000')}</a:ln>`;
const type = (size: number): string =>
  `<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}" b="0">${fill('000000')}<a:latin typeface="Times New Roman"/><a:ea typeface="仿宋_GB2312"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`;

/** Letters of a sheet that nobody sees: references are asked for even where the figures stand beside them. */
const column = (at: number): string => String.fromCharCode(66 + at);

function chartXml(chart: Chart): string {
  const bars = chart.form === 'bars';
  const last = chart.names.length + 1;
  const crowded = chart.names.length * chart.series.length > 20;
  const names = `<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$${last}</c:f><c:strCache><c:ptCount val="${chart.names.length}"/>${chart.names
    .map((name, at) => `<c:pt idx="${at}"><c:v>${escaped(name)}</c:v></c:pt>`)
    .join('')}</c:strCache></c:strRef></c:cat>`;
  // bars behind each other: nothing is written where there is nothing
  const format = bars ? '0;;' : '0';
  const labels = `<c:dLbls><c:numFmt formatCode="${format}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${type(crowded ? 800 : 900)}<c:dLblPos val="${bars ? 'ctr' : 'outEnd'}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`;
  const series = chart.series
    .map(
      (one, at) =>
        `<c:ser><c:idx val="${at}"/><c:order val="${at}"/><c:tx><c:strRef><c:f>Sheet1!$${column(at)}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${escaped(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr>${fill(FILLS[at % FILLS.length] ?? 'FFFFFF')}${line(9525)}</c:spPr><c:invertIfNegative val="0"/>${labels}${names}<c:val><c:numRef><c:f>Sheet1!$${column(at)}$2:$${column(at)}$${last}</c:f><c:numCache><c:formatCode>0</c:formatCode><c:ptCount val="${one.values.length}"/>${one.values
          .map((value, index) => `<c:pt idx="${index}"><c:v>${value}</c:v></c:pt>`)
          .join('')}</c:numCache></c:numRef></c:val></c:ser>`,
    )
    .join('');
  const most = Math.max(1, ...chart.names.map((_, at) => valueAt(chart, at)));
  const step = stepOf(most);
  const axis = `<c:spPr>${line(9525)}</c:spPr>${type(SIZE)}`;
  return `${HEAD}<c:chartSpace xmlns:c="${DRAWING}/chart" xmlns:a="${DRAWING}/main" xmlns:r="${RELATIONS}"><c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="${bars ? 'bar' : 'col'}"/><c:grouping val="${bars ? 'stacked' : 'clustered'}"/><c:varyColors val="0"/>${series}<c:gapWidth val="${bars ? 45 : 70}"/><c:overlap val="${bars ? 100 : 0}"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart><c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="${bars ? 'maxMin' : 'minMax'}"/></c:scaling><c:delete val="0"/><c:axPos val="${bars ? 'l' : 'b'}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${axis}<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:noMultiLvlLbl val="1"/></c:catAx><c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/><c:max val="${Math.ceil((most * 1.12) / step) * step}"/><c:min val="0"/></c:scaling><c:delete val="${bars ? 1 : 0}"/><c:axPos val="${bars ? 't' : 'l'}"/>${bars ? '' : `<c:majorGridlines><c:spPr><a:ln w="6350">${fill('BFBFBF')}</a:ln></c:spPr></c:majorGridlines>`}<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>${axis}<c:crossAx val="111111111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/><c:majorUnit val="${step}"/></c:valAx><c:spPr><a:noFill/></c:spPr></c:plotArea><c:legend><c:legendPos val="t"/><c:overlay val="0"/>${type(SIZE)}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr>${fill('FFFFFF')}<a:ln><a:noFill/></a:ln></c:spPr>${type(SIZE)}</c:chartSpace>`;
}

/** How far the bar of a name reaches. */
const valueAt = (chart: Chart, at: number): number => {
  const values = chart.series.map((one) => one.values[at] ?? 0);
  return chart.form === 'bars' ? values.reduce((sum, one) => sum + one, 0) : Math.max(0, ...values);
};

/** A round step of the scale, whole, that gives about five lines. */
function stepOf(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 5)));
  const found = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= most / 5);
  return Math.max(1, found ?? power);
}
