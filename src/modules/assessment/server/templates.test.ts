import { describe } from 'vitest';
import { templates } from '../../../../tools/assessment-templates.ts';
import type { DocumentForm } from '../../letters/form.ts';
import { itHoldsFor } from '../../letters/server/template-cases.ts';
import { assessmentForms } from '../documents.ts';

describe('考核自带的公文模板', () => {
  const made = new Map(
    Object.entries(templates()).map(([key, bytes]) => [
      assessmentForms[key as keyof typeof assessmentForms].kind as string,
      bytes,
    ]),
  );
  itHoldsFor(Object.values(assessmentForms), (form: DocumentForm) => made.get(form.kind) ?? new Uint8Array());
});
