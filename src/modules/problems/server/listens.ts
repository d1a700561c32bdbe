import type { Listener } from '../../../platform/act.ts';
import { followMerge } from './follow-merge.ts';

/** By fact kind, for `app/listen.ts`. */
export const problemListeners: Readonly<Record<string, readonly Listener[]>> = { 'enterprise.merged': [followMerge] };
