import { slot } from '../../../platform/web/slot.tsx';

/** Panels of higher rooms on the page of a unit: measures against it, its score. */
export const unitPanels = slot<{ readonly unitId: string; readonly name: string }>('unit.panels');
