import { slot } from '../../../platform/web/slot.tsx';

/** The enterprise whose page shows a lent panel. */
export interface EnterpriseOnPage {
  readonly enterpriseId: string;
  readonly jurisdiction: string;
  readonly number: string;
  readonly name: string;
}

/** Panels of higher rooms on the page of an enterprise: its problems, its listings. */
export const enterprisePanels = slot<EnterpriseOnPage>('enterprise.panels');

/** The point on the district's map; shown only where coordinates are known. */
export const enterpriseMap = slot<EnterpriseOnPage & { readonly longitude: number; readonly latitude: number }>(
  'enterprise.map',
);
