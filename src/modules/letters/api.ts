import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, Nullable, Text } from '../../kernel/shapes.ts';

const Kind = Type.String({ pattern: '^[A-Za-z][A-Za-z.]{0,59}$' });

/** A document as the page of its item shows it. */
export const IssuedLine = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  word: Type.String(),
  number: Type.String(),
  issuedOn: Type.String(),
  issuedByName: Type.String(),
  fileId: Type.String(),
  fileName: Type.String(),
  sha256: Type.String(),
  templateName: Type.String(),
});

export const lettersApi = contract({
  documentAsPdf: {
    method: 'GET',
    path: '/api/issued-documents/:id/pdf',
    summary: '下载公文的 PDF',
    permission: 'letter.read',
    audit: null,
    params: ById,
    response: Type.Any(),
    download: true,
  },
  remakeDocument: {
    method: 'GET',
    path: '/api/issued-documents/:id/check',
    summary: '用留存的数据重新生成公文并核对',
    permission: 'letter.read',
    audit: null,
    params: ById,
    response: Type.Object({ same: Type.Boolean(), says: Type.String() }),
  },
  listTemplates: {
    method: 'GET',
    path: '/api/document-templates',
    summary: '公文模板',
    permission: 'letter.templates',
    audit: null,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          kind: Type.String(),
          word: Type.String(),
          name: Type.String(),
          own: Type.Boolean(),
          putOn: Nullable(Type.String()),
          putByName: Nullable(Type.String()),
          blanks: Type.Array(Type.Object({ written: Type.String(), means: Type.String(), optional: Type.Boolean() })),
        }),
      ),
      /** Each series of 机关代字, with the documents that it numbers. */
      series: Type.Array(Type.Object({ letters: Type.String(), word: Type.String() })),
      letterhead: Nullable(
        Type.Object({
          redHead: Type.String(),
          issuer: Type.String(),
          numberSeries: Type.String(),
          printer: Type.String(),
          hotline: Type.String(),
          copies: Type.String(),
          letters: Type.Record(Type.String(), Type.String()),
        }),
      ),
      pdf: Type.Boolean(),
    }),
  },
  openTemplate: {
    method: 'GET',
    path: '/api/document-templates/:kind/docx',
    summary: '下载公文模板',
    permission: 'letter.templates',
    audit: null,
    params: Type.Object({ kind: Kind }),
    response: Type.Any(),
    download: true,
  },
  putTemplate: {
    method: 'POST',
    path: '/api/document-templates',
    summary: '换用自己的公文模板',
    permission: 'letter.templates',
    audit: '换用自己的公文模板',
    upload: true,
    query: Type.Object({ kind: Kind }),
    response: Type.Object({ kind: Type.String(), name: Type.String() }),
  },
  withdrawTemplate: {
    method: 'POST',
    path: '/api/document-templates/:kind/withdrawal',
    summary: '改回自带的公文模板',
    permission: 'letter.templates',
    audit: '改回自带的公文模板',
    params: Type.Object({ kind: Kind }),
    body: Type.Object({}),
    response: Type.Object({ kind: Type.String() }),
  },
  setLetterhead: {
    method: 'PUT',
    path: '/api/document-letterhead',
    summary: '填写发文机关资料',
    permission: 'letter.templates',
    audit: '填写发文机关资料',
    body: Type.Object({
      redHead: Text(60),
      issuer: Text(60),
      numberSeries: Text(20),
      printer: Text(60),
      hotline: Text(40),
      copies: Text(300),
      letters: Type.Record(Type.String(), Text(20)),
    }),
    response: Type.Object({ issuer: Type.String() }),
  },
});
