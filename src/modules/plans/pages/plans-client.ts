import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { slot } from '../../../platform/web/slot.tsx';
import { plansApi } from '../api.ts';
import type { FilingState } from '../filing.ts';
import type { PlanState } from '../lifecycle.ts';

/** The routes of this room as functions. */
export const plans = client(plansApi);

export const planTone: Readonly<Record<PlanState, StatusTone>> = {
  importing: 'waiting',
  unreadable: 'alarm',
  reviewing: 'active',
  adopted: 'done',
  reference: 'plain',
  withdrawn: 'stopped',
};

export const filingTone: Readonly<Record<FilingState, StatusTone>> = {
  due: 'waiting',
  filed: 'active',
  returned: 'waiting',
  accepted: 'done',
};

/** Panels that higher rooms show on a plan's page. */
export const planPanels = slot<{ planId: string }>('plan.panels');

/** Formats that can be read, as the file chooser knows them. */
export const planExtensions = ['docx', 'doc', 'wps', 'pdf', 'xlsx', 'xls', 'txt', 'html', 'htm', 'ofd', 'rtf'] as const;
