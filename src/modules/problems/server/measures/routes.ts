import { serve } from '../../../../platform/http/serve.ts';
import { measuresApi } from '../../api-measures.ts';
import { amendMeasure, issueMeasure, sortMeasure, stepMeasure } from './act.ts';
import { exportMeasures, listMeasures, viewMeasure } from './view.ts';

export const measureRoutes = serve(measuresApi, {
  listMeasures: (reading) => listMeasures(reading, reading.query),
  exportMeasures: (reading) => exportMeasures(reading, reading.query),
  viewMeasure: (reading) => viewMeasure(reading, reading.params.id),
  sortMeasure: (act) => sortMeasure(act, act.body),
  amendMeasure: (act) => amendMeasure(act, { ...act.params, ...act.body }),
  stepMeasure: (act) => stepMeasure(act, { ...act.params, ...act.body }),
  issueMeasure: (act) => issueMeasure(act, { ...act.params, ...act.body }),
});
