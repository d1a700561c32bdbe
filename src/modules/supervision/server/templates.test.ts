import { describe, expect, it } from 'vitest';
import { templates as pressureTemplates } from '../../../../tools/pressure-templates.ts';
import { templates } from '../../../../tools/supervision-templates.ts';
import type { DocumentForm } from '../../letters/form.ts';
import { itHoldsFor, partOf } from '../../letters/server/template-cases.ts';
import { builtInTemplate } from '../../letters/server/templates.ts';
import { listingForms } from '../documents.ts';
import { pressureForms } from '../pressure-documents.ts';

describe('挂牌督办自带的公文模板', () => {
  const made: Readonly<Record<string, Uint8Array>> = templates();
  itHoldsFor(Object.values(listingForms), (form: DocumentForm) => made[form.kind] ?? new Uint8Array());

  it('公告的表格跨页时重复表头', () => {
    expect(partOf(builtInTemplate(listingForms.announcement).bytes, 'document')).toContain('<w:tblHeader/>');
  });
});

describe('督促措施自带的公文模板', () => {
  const made: Readonly<Record<string, Uint8Array>> = pressureTemplates();
  itHoldsFor(
    Object.values(pressureForms),
    (form: DocumentForm) => made[form.kind.replace('pressure.', '')] ?? new Uint8Array(),
  );
});
