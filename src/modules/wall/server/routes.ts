import { Refusal } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { chromiumPath, printPage } from '../../../platform/documents/print.ts';
import { serve } from '../../../platform/http/serve.ts';
import { adoptedPlans } from '../../plans/server/door.ts';
import { wallApi } from '../api.ts';
import { type Board, sheetPage } from '../sheet.ts';
import { type BoardQuery, board } from './board.ts';
import { wallBook } from './book.ts';
import { changeMap } from './change-map.ts';
import { dayRoutes } from './day.ts';
import { loadMap } from './store.ts';

async function sheetOf(reading: Reading, query: BoardQuery): Promise<{ shown: Board; html: string }> {
  const shown = await board(reading, query);
  const plans = query.planId ? await adoptedPlans(reading.db, reading.scope) : [];
  return { shown, html: sheetPage(shown, plans.find((plan) => plan.id === query.planId)?.title ?? null) };
}

const nameOf = (shown: Board, ending: string): string => `${shown.jurisdictionName}挂图作战表${shown.day}.${ending}`;

const boardRoutes = serve(wallApi, {
  board: (reading) => board(reading, reading.query),
  wallPlans: async ({ db, scope }) => ({
    rows: (await adoptedPlans(db, scope)).map(({ id, title }) => ({ id, title })),
  }),
  wallMap: async ({ db, actor }) => {
    const map = await loadMap(db, actor.jurisdiction);
    return { caption: map?.caption ?? null, geoJson: map?.geoJson ?? null };
  },
  changeMap: (act) => changeMap(act, act.body),
  wallSheet: async (reading) => {
    const { shown, html } = await sheetOf(reading, reading.query);
    if (chromiumPath() === null)
      throw new Refusal(
        'not-now',
        '这台服务器没有安装 Chromium，不能生成 PDF。请点「打印预览」，用浏览器打印为 A3 的 PDF；或请管理员安装 Chromium。',
      );
    return { name: nameOf(shown, 'pdf'), type: 'application/pdf', body: await printPage(html) };
  },
  wallSheetPage: async (reading) => {
    const { shown, html } = await sheetOf(reading, reading.query);
    return { name: nameOf(shown, 'html'), type: 'text/html; charset=utf-8', body: Buffer.from(html), inline: true };
  },
  wallBook: async (reading) => {
    const shown = await board(reading, reading.query);
    return {
      name: nameOf(shown, 'xlsx'),
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      body: await wallBook(shown),
    };
  },
});

/** Every route of the room with its handler. */
export const wallRoutes = [...boardRoutes, ...dayRoutes];
