import { serve } from '../../../../platform/http/serve.ts';
import { figuresApi } from '../../api-figures.ts';
import { burnDown } from './burn-down.ts';
import { completion } from './completion.ts';
import { problemMap } from './map.ts';
import { overview } from './overview.ts';

export const figureRoutes = serve(figuresApi, {
  problemFigures: (reading) => overview(reading, reading.query),
  burnDown: (reading) => burnDown(reading, reading.query),
  batchCompletion: (reading) => completion(reading, reading.query),
  problemMap: (reading) => problemMap(reading, reading.query),
});
