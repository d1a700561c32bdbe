import { askForSync, countWaiting, type Place, sendNow, state } from '../app.ts';
import { dayFrom, dayOf, serverNow } from '../clock.ts';
import { button, chips, el, fill } from '../el.ts';
import type { WaitingPhoto } from '../outbox.ts';
import { queue } from '../queue.ts';
import type { Body } from '../routes.ts';
import { clearDraft, type Draft, dropDraft, isBegun, keepDraft, keptDraft, newDraft } from './draft.ts';
import { photoField } from './photos.ts';
import { placeField, placeOfNumber } from './place-field.ts';
import type { Screen } from './screen.ts';

const USUAL_DAYS = 15;
const MOST_PHOTOS = 30;
const SHORTEST = 4;

const photosOf = (draft: Draft, role: WaitingPhoto['role']): WaitingPhoto[] =>
  draft.photos.filter((photo) => photo.role === role);

interface Unit {
  readonly id: string;
  readonly name: string;
}

/** Who could be asked to rectify: the place's town and regulator, the person's own unit. The first is proposed. */
function unitsFor(place: Place | null): Unit[] {
  const own = state.who?.unitId ? [{ id: state.who.unitId, name: state.who.unitName ?? '本单位' }] : [];
  const town = place?.townUnitId ? [{ id: place.townUnitId, name: place.townName ?? '属地' }] : [];
  const regulator = place?.regulatorUnitId
    ? [{ id: place.regulatorUnitId, name: place.regulatorName ?? '监管单位' }]
    : [];
  const grid = state.who?.roles.indexOf('gridWorker') !== -1;
  const all = grid ? [...town, ...regulator, ...own] : [...regulator, ...town, ...own];
  return all.filter((unit, at) => all.findIndex((other) => other.id === unit.id) === at);
}

/** What is still missing, in the order of the form; null where it can be sent. */
function missing(draft: Draft): string | null {
  if (photosOf(draft, 'before').length === 0) return '请先拍一张现场照片。';
  if (!draft.enterprise && draft.address.trim() === '') return '请选择企业，或者写明地点。';
  if (draft.text.trim().length < SHORTEST) return '请用一句话写明是什么问题。';
  if (draft.way === null) return '请选择「当场已整改」或「上报」。';
  if (draft.way === 'fixed' && photosOf(draft, 'after').length === 0) return '当场已整改的，请拍一张整改后的照片。';
  if (draft.way === 'fixed' && draft.fixedText.trim() === '') return '请写一下是怎么整改的。';
  if (draft.way === 'pass' && !draft.leadUnitId) return '请选择上报给哪个单位整改。';
  return null;
}

function bodyOf(draft: Draft): Body<'registerProblem'> {
  const today = dayOf(serverNow());
  const place = draft.enterprise;
  return {
    id: draft.id,
    kind: 'hazard',
    text: draft.text.trim(),
    source: (draft.source ?? state.start?.sources[0]?.code ?? 'dailyCheck') as Body<'registerProblem'>['source'],
    enterpriseId: place?.id ?? null,
    subject: place?.name ?? null,
    place: {
      address: draft.address.trim() || (place?.address ?? null),
      longitude: draft.longitude,
      latitude: draft.latitude,
    },
    tags: [...draft.tags],
    leadUnitId: draft.leadUnitId ?? unitsFor(place)[0]?.id ?? null,
    dueOn:
      draft.way === 'fixed' ? today : (draft.dueOn ?? dayFrom(today, state.start?.usualDays.general ?? USUAL_DAYS)),
    fixed: draft.way === 'fixed' ? { text: draft.fixedText.trim() } : null,
    madeAt: new Date().toISOString(),
  };
}

/** 登记: photos first, then the place, one sentence, and what becomes of it. */
export const registerScreen = (number: string | null): Screen => ({
  title: '登记问题',
  back: '#/',
  async draw(main, bottom) {
    const known = await keptDraft();
    let draft: Draft = known ?? newDraft();
    if (number && !isBegun(known)) draft = { ...draft, enterprise: await placeOfNumber(number) };
    const says = el('p', { class: 'bad', is: { role: 'alert' } });
    const later = el('div');
    let saving: Promise<unknown> = Promise.resolve();

    const set = (change: Partial<Draft>): void => {
      draft = { ...draft, ...change };
      const kept = draft;
      saving = saving.then(() => keepDraft(kept));
    };
    const photosChanged = (role: WaitingPhoto['role']) =>
      photoField({
        role,
        title: role === 'before' ? '现场照片' : '整改后照片',
        hint: role === 'before' ? '先拍照：全貌一张，问题部位一张。' : '整改好了，再拍同一个位置。',
        room: () => (state.start?.photosPerReport ?? MOST_PHOTOS) - draft.photos.length,
        list: () => photosOf(draft, role),
        changed: (add, remove, position) => {
          const photos = draft.photos.filter((photo) => photo.id !== remove?.id);
          set({
            photos: add ? [...photos, add] : photos,
            ...(position && draft.longitude === null
              ? { longitude: position.longitude, latitude: position.latitude }
              : {}),
          });
        },
      });

    const drawLater = (): void => {
      const today = dayOf(serverNow());
      if (draft.way === 'fixed') {
        const how = el('textarea', {
          is: { id: 'how', rows: 2, maxlength: 2000, placeholder: '如：已清走杂物，通道恢复畅通' },
          input: (fixedText) => set({ fixedText }),
        });
        how.value = draft.fixedText;
        fill(
          later,
          photosChanged('after'),
          el('label', { is: { for: 'how' } }, '怎么整改的'),
          how,
          el('p', { class: 'quiet' }, '只适用于一般问题；一部分会被抽中，由其他同志再去看一次。'),
        );
      } else if (draft.way === 'pass') {
        const units = unitsFor(draft.enterprise);
        if (!units.some((unit) => unit.id === draft.leadUnitId)) set({ leadUnitId: units[0]?.id ?? null });
        const usual = state.start?.usualDays.general ?? USUAL_DAYS;
        const days = [3, 7, usual, 30].filter((count, at, every) => every.indexOf(count) === at).sort((a, b) => a - b);
        if (!draft.dueOn || draft.dueOn < today) set({ dueOn: dayFrom(today, usual) });
        const date = el('input', {
          is: { id: 'due', type: 'date', min: today },
          input: (dueOn) => set({ dueOn: dueOn || dayFrom(today, usual) }),
        });
        date.value = draft.dueOn ?? '';
        fill(
          later,
          units.length > 0
            ? chips(
                '报给谁整改',
                units.map((unit) => [unit.id, unit.name] as const),
                draft.leadUnitId,
                (leadUnitId) => set({ leadUnitId }),
              )
            : el('p', { class: 'bad' }, '您的账号没有所属单位，请选择企业后再上报。'),
          chips(
            '多久改完',
            days.map((count) => [dayFrom(today, count), `${count} 天`] as const),
            draft.dueOn,
            (dueOn) => {
              set({ dueOn });
              date.value = dueOn;
            },
          ),
          el('label', { is: { for: 'due' } }, '整改期限'),
          date,
        );
      } else fill(later);
    };

    const text = el('textarea', {
      is: { id: 'text', rows: 3, maxlength: 4000, placeholder: '一句话：什么地方、什么问题' },
      input: (value) => set({ text: value }),
    });
    text.value = draft.text;
    const sources = state.start?.sources ?? [];
    const tags = state.start?.tags ?? [];
    fill(
      main,
      isBegun(known) ? el('p', { class: 'note' }, '接着上次没有填完的。') : null,
      photosChanged('before'),
      placeField({
        chosen: () => draft.enterprise,
        address: () => draft.address,
        choose: (enterprise) => {
          set({ enterprise, leadUnitId: null });
          drawLater();
        },
        write: (address) => set({ address }),
        position: (longitude, latitude) => set({ longitude, latitude }),
      }),
      el(
        'section',
        { is: { 'aria-label': '是什么问题' } },
        el('h2', {}, '是什么问题'),
        el('label', { is: { for: 'text' } }, '一句话写明'),
        text,
        sources.length > 1
          ? chips(
              '怎么发现的',
              sources.map((source) => [source.code, source.word] as const),
              draft.source ?? sources[0]?.code ?? null,
              (source) => set({ source }),
            )
          : null,
        tags.length > 0 ? tagField(tags, draft.tags, (chosen) => set({ tags: chosen })) : null,
      ),
      el(
        'section',
        { is: { 'aria-label': '怎么处理' } },
        el('h2', {}, '怎么处理'),
        chips(
          '选一项',
          [
            ['fixed', '当场已整改'],
            ['pass', '上报整改'],
          ],
          draft.way,
          (way) => {
            set({ way });
            drawLater();
          },
        ),
        later,
      ),
      says,
      el(
        'p',
        {},
        button(
          '不填了，清空',
          () => {
            if (isBegun(draft) && !window.confirm('照片和文字都会从手机里删掉，要清空吗？')) return;
            void dropDraft(draft).then(() => {
              location.hash = '#/';
            });
          },
          'plain',
        ),
      ),
    );
    drawLater();

    const go = button(
      '提交',
      () => {
        const lack = missing(draft);
        fill(says, lack ?? '');
        if (lack !== null || !state.who) return says.scrollIntoView({ block: 'center' });
        go.disabled = true;
        const { account } = state.who;
        const form = draft;
        saving
          .then(() =>
            queue({
              id: form.id,
              account,
              kind: 'register',
              problemId: form.id,
              title: form.text.trim().slice(0, 60),
              body: bodyOf(form) as Readonly<Record<string, unknown>>,
              photos: form.photos,
              draft: form,
            }),
          )
          .then(async () => {
            await clearDraft();
            await countWaiting();
            void askForSync();
            void sendNow();
            location.hash = '#/queue';
          })
          .catch(() => {
            go.disabled = false;
            fill(says, '没有存下，手机存储可能已满或被禁用。请清理存储后再提交，已填的内容还在。');
          });
      },
      'main',
    );
    fill(bottom, el('div', { class: 'go' }, go));
    return undefined;
  },
});

/** Tags of current campaigns; any number. */
function tagField(tags: readonly string[], chosen: readonly string[], change: (chosen: string[]) => void): HTMLElement {
  const now = new Set(chosen);
  return el(
    'fieldset',
    { class: 'chips' },
    el('legend', {}, '属于哪项行动（可不选）'),
    tags.map((tag) => {
      const input = el('input', { is: { type: 'checkbox', value: tag, checked: now.has(tag) } });
      input.addEventListener('change', () => {
        if (input.checked) now.add(tag);
        else now.delete(tag);
        change(Array.from(now));
      });
      return el('label', {}, input, el('span', {}, tag));
    }),
  );
}
