import { sql } from 'kysely';
import type { ItemKind } from '../../../platform/act.ts';

/** By item kind, for `app/house.ts`. The hash of the password belongs to the record: exchanging it behind the product's back is found. */
export const accessItems: Readonly<Record<string, ItemKind>> = {
  apiKey: {
    table: 'api_key',
    called: { word: '接口密钥', column: 'name' },
    record: async (db, jurisdiction, ids) => {
      const found = await sql<{ id: string; record: unknown }>`
        select id::text, to_jsonb(k) as record from api_key k
        where jurisdiction = ${jurisdiction} and id = any(${[...ids]}::uuid[])`.execute(db);
      return new Map(found.rows.map((row) => [row.id, row.record]));
    },
  },
  account: {
    table: 'account',
    called: { word: '账号', column: 'login' },
    record: async (db, jurisdiction, ids) => {
      const found = await sql<{ id: string; record: unknown }>`
        select id::text, to_jsonb(a) as record from account a
        where jurisdiction = ${jurisdiction} and id = any(${[...ids]}::uuid[])`.execute(db);
      return new Map(found.rows.map((row) => [row.id, row.record]));
    },
  },
};
