import type { Reading } from '../../../../platform/act.ts';
import { serve } from '../../../../platform/http/serve.ts';
import { adoptedPlans } from '../../../plans/server/door.ts';
import { viewsApi } from '../../api-views.ts';
import { cellText, shownColumns } from '../../view-columns.ts';
import { exportRowsByIds } from '../export-rows.ts';
import { noUnit, unitNames } from '../lines.ts';
import { soundFilters } from '../list.ts';
import { listRows } from '../store-list.ts';
import { addSampleViews, addView, changeView, mayChange, removeView } from './change-view.ts';
import { type ViewRow, viewInSight, viewsInSight } from './store.ts';

async function shaped(reading: Reading, views: readonly ViewRow[]) {
  const plans = views.some((view) => view.planId !== null)
    ? new Map((await adoptedPlans(reading.db, reading.scope)).map((plan) => [plan.id, plan.title]))
    : new Map<string, string>();
  const names = await unitNames(
    reading.db,
    views.map((view) => ({ jurisdiction: view.jurisdiction, unitIds: [view.unitId] })),
  );
  return views.map(({ jurisdiction: _, madeBy: __, sort, ...view }) => ({
    ...view,
    sort: sort ?? null,
    planTitle: view.planId === null ? null : (plans.get(view.planId) ?? null),
    unitName: view.unitId === null ? null : (names.get(view.unitId) ?? noUnit),
    mayChange: mayChange(reading, view),
  }));
}

export const viewRoutes = serve(viewsApi, {
  listViews: async (reading) => ({ rows: await shaped(reading, await viewsInSight(reading)) }),
  addView: (act) => addView(act, act.body),
  addSampleViews: (act) => addSampleViews(act),
  changeView: (act) => changeView(act, act.params.id, act.body),
  removeView: (act) => removeView(act, act.params.id, act.body.version),
  async readView(reading) {
    const { page = 1, pageSize = 50 } = reading.query;
    const view = await viewInSight(reading, reading.params.id);
    const asked = {
      ...view.filters,
      ...(view.sort ? { sort: view.sort } : {}),
      ...(view.planId ? { plan: view.planId } : {}),
    };
    const filters = soundFilters(reading, asked);
    const found = await listRows(reading.db, reading.scope, filters, reading.day, { page, pageSize });
    const columns = shownColumns(view.columns);
    const lines = await exportRowsByIds(
      reading.db,
      reading.scope,
      found.rows.map((row) => row.id),
      view.columns.some((column) => column.field === 'progress'),
    );
    const [shown] = await shaped(reading, [view]);
    if (!shown) throw new Error('a view was lost');
    return {
      view: shown,
      headers: columns.map(({ header, width }) => ({ header, width })),
      rows: lines.map((line, index) => ({
        id: line.id,
        cells: columns.map((column) => cellText(column.value(line, (page - 1) * pageSize + index + 1, reading.day))),
      })),
      total: found.total,
      totalIsCapped: found.totalIsCapped,
      page,
      pageSize,
    };
  },
});
