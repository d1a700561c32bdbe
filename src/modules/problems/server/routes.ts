import type { ServedRoute } from '../../../platform/http/serve.ts';

/** Every route of the room with its handler; each part of the room serves its own contract. */
export const problemsRoutes: readonly ServedRoute[] = [];
