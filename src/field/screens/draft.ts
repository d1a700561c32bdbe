import { newKey } from '../../platform/web/key.ts';
import { forget, type Place, remember, remembered } from '../app.ts';
import type { Act, WaitingPhoto } from '../outbox.ts';
import { dropAct } from '../queue.ts';
import { drop } from '../store.ts';

/** A registration that is being filled in; kept at every change, so that a call or an empty battery loses nothing. */
export interface Draft {
  /** The problem's id, made here and never changed: however often it is sent, it is this one problem. */
  readonly id: string;
  readonly begunAt: string;
  readonly photos: readonly WaitingPhoto[];
  readonly enterprise: Place | null;
  readonly address: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly text: string;
  readonly source: string | null;
  readonly tags: readonly string[];
  readonly way: 'fixed' | 'pass' | null;
  readonly fixedText: string;
  readonly leadUnitId: string | null;
  readonly dueOn: string | null;
}

const DRAFT = 'draft';

export const newDraft = (): Draft => ({
  id: newKey(),
  begunAt: new Date().toISOString(),
  photos: [],
  enterprise: null,
  address: '',
  longitude: null,
  latitude: null,
  text: '',
  source: null,
  tags: [],
  way: null,
  fixedText: '',
  leadUnitId: null,
  dueOn: null,
});

export const keptDraft = (): Promise<Draft | null> => remembered<Draft>(DRAFT);
export const keepDraft = (draft: Draft): Promise<unknown> => remember(DRAFT, draft);
/** The act has taken over the photos: only the words go. */
export const clearDraft = (): Promise<unknown> => forget(DRAFT);

/** True where something would be lost. */
export const isBegun = (draft: Draft | null): boolean =>
  draft !== null && (draft.photos.length > 0 || draft.text.trim() !== '' || draft.enterprise !== null);

/** Throws the draft away with its photos. */
export async function dropDraft(draft: Draft): Promise<void> {
  for (const photo of draft.photos) await drop('blobs', photo.id);
  await clearDraft();
}

/** A registration that the server refused becomes a draft again, with its id and photos. */
export async function actToDraft(act: Act): Promise<void> {
  await keepDraft({ ...newDraft(), ...(act.draft as Partial<Draft>), id: act.problemId, photos: act.photos });
  await dropAct({ ...act, photos: [] });
}
