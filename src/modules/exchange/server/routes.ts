import { serve } from '../../../platform/http/serve.ts';
import { exchangeApi } from '../api.ts';
import { postOpen311, readOpen311, readOpen311One } from './open311.ts';
import { createWebhook, disableWebhook, listDeliveries, listWebhooks, sendAgain } from './webhooks.ts';

/** Every route of the room with its handler. */
export const exchangeRoutes = serve(exchangeApi, {
  listWebhooks: async ({ db, actor }) => ({
    rows: (await listWebhooks(db, actor.jurisdiction)).map((row) => ({
      ...row,
      disabledAt: row.disabledAt?.toISOString() ?? null,
    })),
  }),
  createWebhook: (act) => createWebhook(act, act.body),
  disableWebhook: (act) => disableWebhook(act, act.params.id, act.body),
  listDeliveries: async ({ db, actor, params, query }) => {
    const page = query.page ?? 1;
    const pageSize = query.pageSize ?? 50;
    const { rows, counted } = await listDeliveries(db, actor.jurisdiction, params.id, query.state, page, pageSize);
    return {
      rows: rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        nextAt: row.nextAt?.toISOString() ?? null,
        endedAt: row.endedAt?.toISOString() ?? null,
      })),
      total: Math.min(counted, 10_000),
      totalIsCapped: counted > 10_000,
      page,
      pageSize,
    };
  },
  sendAgain: (act) => sendAgain(act, act.params.id, act.params.delivery),
  readOpen311: (reading) => readOpen311(reading, reading.params.document, reading.query),
  readOpen311One: (reading) =>
    readOpen311One(reading, reading.params.kind, reading.params.document, reading.query.jurisdiction_id),
  postOpen311: (act) => postOpen311(act, act.params.document, act.body),
});
