import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';

/** A file of an item as lists show it. */
export const fileShape = Type.Object({
  id: Type.String(),
  name: Type.String(),
  size: Type.Number(),
  type: Type.String(),
  uploadedByName: Type.String(),
  uploadedAt: Type.String(),
});

export const filesApi = contract({
  listFiles: {
    method: 'GET',
    path: '/api/files',
    summary: '事项的附件',
    permission: 'file.read',
    audit: null,
    query: Type.Object({ itemKind: Type.String({ minLength: 1 }), itemId: Type.String({ minLength: 1 }) }),
    response: Type.Object({ rows: Type.Array(fileShape) }),
  },
  addFile: {
    method: 'POST',
    path: '/api/files',
    summary: '上传附件',
    permission: 'file.add',
    audit: '上传附件',
    upload: true,
    query: Type.Object({ itemKind: Type.String({ minLength: 1 }), itemId: Type.String({ minLength: 1 }) }),
    response: fileShape,
  },
  openFile: {
    method: 'GET',
    path: '/api/files/:id',
    summary: '下载附件',
    permission: 'file.read',
    audit: null,
    download: true,
    params: Type.Object({ id: Type.String() }),
    response: Type.Unknown(),
  },
});
