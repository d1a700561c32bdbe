import { strToU8, zipSync } from 'fflate';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** Packs parts given as text into a zip container. */
export function packed(parts: Record<string, string>): Uint8Array {
  const entries = Object.entries(parts).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries));
}

/** A Word file of the given body, numbering and styles, each as WordprocessingML. */
export function wordFile(
  body: string,
  more: { numbering?: string; styles?: string; parts?: Record<string, string> } = {},
): Uint8Array {
  const relation = (type: string): string =>
    `<Relationship Id="${type}" Type="http://x/${type}" Target="${type}.xml"/>`;
  return packed({
    '[Content_Types].xml': `<Types><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/></Types>`,
    '_rels/.rels':
      '<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/_rels/document.xml.rels': `<Relationships>${relation('numbering')}${relation('styles')}</Relationships>`,
    'word/document.xml': `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    'word/numbering.xml': `<w:numbering xmlns:w="w">${more.numbering ?? ''}</w:numbering>`,
    'word/styles.xml': `<w:styles xmlns:w="w">${more.styles ?? ''}</w:styles>`,
    ...more.parts,
  });
}

/** One paragraph with optional properties. */
export function paragraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** A PDF of the given content streams, without compression; `extra` stands in the trailer. */
export function pdfFile(streams: readonly string[], extra = ''): Uint8Array {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>'];
  const kids = streams.map((_, index) => `${3 + index * 2} 0 R`).join(' ');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${streams.length} >>`);
  for (const [index, stream] of streams.entries()) {
    const font = '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>';
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${font} /Contents ${4 + index * 2} 0 R >>`,
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    );
  }
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${extra}>>\nstartxref\n${file.length}\n%%EOF`;
  return strToU8(file);
}
