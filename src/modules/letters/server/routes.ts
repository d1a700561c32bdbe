import type { ServedRoute } from '../../../platform/http/serve.ts';
import { serve } from '../../../platform/http/serve.ts';
import { lettersApi } from '../api.ts';
import type { DocumentForm } from '../form.ts';
import { documentAsPdf, remake } from './documents.ts';
import {
  formOf,
  listTemplates,
  openTemplateFile,
  putTemplate,
  setLetterhead,
  withdrawTemplate,
} from './template-routes.ts';

/** Every route of the room with its handler; `forms` are those of all rooms that issue documents. */
export const lettersRoutes = (forms: readonly DocumentForm[]): readonly ServedRoute[] =>
  serve(lettersApi, {
    documentAsPdf: (reading) => documentAsPdf(reading, reading.params.id),
    remakeDocument: (reading) => remake(reading, reading.params.id, forms),
    listTemplates: (reading) => listTemplates(reading, forms),
    openTemplate: (reading) => openTemplateFile(reading, formOf(forms, reading.params.kind)),
    putTemplate: (act) => putTemplate(act, formOf(forms, act.query.kind), act.upload),
    withdrawTemplate: (act) => withdrawTemplate(act, formOf(forms, act.params.kind)),
    setLetterhead: (act) => setLetterhead(act, act.body, forms),
  });
