import { describe } from 'vitest';
import { templates } from '../../../../tools/meetings-templates.ts';
import type { DocumentForm } from '../../letters/form.ts';
import { itHoldsFor } from '../../letters/server/template-cases.ts';
import { meetingForms } from '../documents.ts';

describe('会议、责任书、请示、值班表自带的公文模板', () => {
  const made = new Map(
    Object.entries(templates()).map(([key, bytes]) => [
      meetingForms[key as keyof typeof meetingForms].kind as string,
      bytes,
    ]),
  );
  itHoldsFor(Object.values(meetingForms), (form: DocumentForm) => made.get(form.kind) ?? new Uint8Array());
});
