import type { Clock } from '../kernel/clock.ts';
import type { Permissions } from '../kernel/permission.ts';
import { accessPermissions } from '../modules/access/permissions.ts';
import { accessItems } from '../modules/access/server/door.ts';
import { accessRoutes } from '../modules/access/server/routes.ts';
import { assessmentForms } from '../modules/assessment/documents.ts';
import { assessmentPermissions } from '../modules/assessment/permissions.ts';
import { assessmentItems } from '../modules/assessment/server/door.ts';
import { assessmentRoutes, awardRoutes, reviewRoutes } from '../modules/assessment/server/routes.ts';
import { bulletinForms } from '../modules/bulletins/documents.ts';
import { bulletinsPermissions } from '../modules/bulletins/permissions.ts';
import { bulletinItems } from '../modules/bulletins/server/door.ts';
import { bulletinsRoutes } from '../modules/bulletins/server/routes.ts';
import { enterprisesPermissions } from '../modules/enterprises/permissions.ts';
import { enterpriseItems } from '../modules/enterprises/server/door.ts';
import { enterprisesRoutes } from '../modules/enterprises/server/routes.ts';
import { exchangePermissions } from '../modules/exchange/permissions.ts';
import { exchangeItems } from '../modules/exchange/server/door.ts';
import { exchangeRoutes } from '../modules/exchange/server/routes.ts';
import { filingsPermissions } from '../modules/filings/permissions.ts';
import { filingItems } from '../modules/filings/server/door.ts';
import { filingsRoutes } from '../modules/filings/server/routes.ts';
import type { DocumentForm } from '../modules/letters/form.ts';
import { lettersPermissions } from '../modules/letters/permissions.ts';
import { lettersItems } from '../modules/letters/server/door.ts';
import { lettersRoutes } from '../modules/letters/server/routes.ts';
import { meetingForms } from '../modules/meetings/documents.ts';
import { meetingsPermissions } from '../modules/meetings/permissions.ts';
import { meetingsItems } from '../modules/meetings/server/door.ts';
import { meetingsRoutes } from '../modules/meetings/server/routes.ts';
import { plansPermissions } from '../modules/plans/permissions.ts';
import { planItems } from '../modules/plans/server/door.ts';
import { plansRoutes } from '../modules/plans/server/routes.ts';
import { problemsPermissions } from '../modules/problems/permissions.ts';
import { problemItems } from '../modules/problems/server/door.ts';
import { problemsRoutes } from '../modules/problems/server/routes.ts';
import { rulebookPermissions } from '../modules/rulebook/permissions.ts';
import { rulebookRoutes } from '../modules/rulebook/server/routes.ts';
import { listingForms } from '../modules/supervision/documents.ts';
import { supervisionPermissions } from '../modules/supervision/permissions.ts';
import { pressureForms } from '../modules/supervision/pressure-documents.ts';
import { supervisionItems } from '../modules/supervision/server/door.ts';
import { supervisionRoutes } from '../modules/supervision/server/routes.ts';
import { tasksPermissions } from '../modules/tasks/permissions.ts';
import { taskKind } from '../modules/tasks/server/door.ts';
import { tasksRoutes } from '../modules/tasks/server/routes.ts';
import { unitsPermissions } from '../modules/units/permissions.ts';
import { unitsItems } from '../modules/units/server/door.ts';
import { unitsRoutes } from '../modules/units/server/routes.ts';
import { wallPermissions } from '../modules/wall/permissions.ts';
import { wallRoutes } from '../modules/wall/server/routes.ts';
import type { House, ItemKind } from '../platform/act.ts';
import type { Queryable } from '../platform/db/connect.ts';
import { filePermissions } from '../platform/files/permissions.ts';
import { fileRoutes } from '../platform/files/routes.ts';
import type { FileStore } from '../platform/files/store.ts';
import type { ServedRoute } from '../platform/http/serve.ts';
import { workRoutes } from '../platform/jobs/routes.ts';
import { listeners } from './listen.ts';

/** Every kind of item of every room. */
export const itemKinds: Readonly<Record<string, ItemKind>> = {
  ...unitsItems,
  ...accessItems,
  ...enterpriseItems,
  ...lettersItems,
  task: taskKind,
  ...planItems,
  ...problemItems,
  ...supervisionItems,
  ...assessmentItems,
  ...meetingsItems,
  ...filingItems,
  ...exchangeItems,
  ...bulletinItems,
};

/** Every permission of every room: who may do what is decided by this one table. */
export const permissions: Permissions = {
  ...filePermissions,
  ...unitsPermissions,
  ...accessPermissions,
  ...enterprisesPermissions,
  ...lettersPermissions,
  ...tasksPermissions,
  ...plansPermissions,
  ...problemsPermissions,
  ...supervisionPermissions,
  ...assessmentPermissions,
  ...meetingsPermissions,
  ...filingsPermissions,
  ...exchangePermissions,
  ...bulletinsPermissions,
  ...rulebookPermissions,
  ...wallPermissions,
};

/** Every kind of official document, from the rooms that issue them: listed, checked and numbered by the room of letters. */
export const documentForms: readonly DocumentForm[] = [
  ...Object.values(listingForms),
  ...Object.values(pressureForms),
  ...Object.values(assessmentForms),
  ...Object.values(meetingForms),
  ...Object.values(bulletinForms),
];

/** Every route of every room. */
export const rooms: readonly (readonly ServedRoute[])[] = [
  fileRoutes,
  workRoutes,
  unitsRoutes,
  accessRoutes,
  enterprisesRoutes,
  lettersRoutes(documentForms),
  tasksRoutes,
  plansRoutes,
  problemsRoutes,
  supervisionRoutes,
  assessmentRoutes,
  awardRoutes,
  reviewRoutes,
  meetingsRoutes,
  filingsRoutes,
  exchangeRoutes,
  bulletinsRoutes,
  rulebookRoutes(documentForms),
  wallRoutes,
];

/** Assembles the product over an open database and file store. */
export const makeHouse = (parts: {
  readonly db: Queryable;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly kind: House['kind'];
}): House => ({ ...parts, items: itemKinds, listeners, permissions });
