import type { Static } from 'typebox';
import { filesApi } from '../../../platform/files/api.ts';
import { client } from '../../../platform/web/client.ts';
import { type IssuedLine, lettersApi } from '../api.ts';

export const api = client(lettersApi);
export const files = client(filesApi);
export type IssuedDocument = Static<typeof IssuedLine>;
