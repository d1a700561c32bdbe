import '../platform/web/polyfills.ts';
import '../platform/web/web.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { accessPages } from '../modules/access/pages/pages.tsx';
import { assessmentPages } from '../modules/assessment/pages/pages.tsx';
import { bulletinsPages } from '../modules/bulletins/pages/pages.tsx';
import { enterprisesPages } from '../modules/enterprises/pages/pages.tsx';
import { exchangePages } from '../modules/exchange/pages/pages.tsx';
import { filingsPages } from '../modules/filings/pages/pages.tsx';
import { lettersPages } from '../modules/letters/pages/pages.tsx';
import { meetingsPages } from '../modules/meetings/pages/pages.tsx';
import { plansPages } from '../modules/plans/pages/pages.tsx';
import { problemsPages } from '../modules/problems/pages/pages.tsx';
import { rulebookPages } from '../modules/rulebook/pages/pages.tsx';
import { supervisionPages } from '../modules/supervision/pages/pages.tsx';
import { tasksPages } from '../modules/tasks/pages/pages.tsx';
import { unitsPages } from '../modules/units/pages/pages.tsx';
import { wallPages } from '../modules/wall/pages/pages.tsx';
import { GuatuApp } from '../platform/web/App.tsx';
import type { PageEntry } from '../platform/web/page.ts';

/** Every room's pages, floor by floor; importing a room's entry also lends its panels to lower rooms. */
const pages: readonly PageEntry[] = [
  ...unitsPages,
  ...accessPages,
  ...enterprisesPages,
  ...lettersPages,
  ...tasksPages,
  ...plansPages,
  ...problemsPages,
  ...supervisionPages,
  ...assessmentPages,
  ...meetingsPages,
  ...filingsPages,
  ...exchangePages,
  ...bulletinsPages,
  ...rulebookPages,
  ...wallPages,
];

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <GuatuApp pages={pages} />
    </StrictMode>,
  );
}
