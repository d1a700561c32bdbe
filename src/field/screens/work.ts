import { askForSync, countWaiting, forget, remember, remembered, sendNow, state } from '../app.ts';
import { button, chips, el, fill } from '../el.ts';
import type { ActKind, WaitingPhoto } from '../outbox.ts';
import { queue } from '../queue.ts';
import { photoField } from './photos.ts';
import { problemOf, type Work, works } from './problem.ts';
import type { Screen } from './screen.ts';

const MOST_PHOTOS = 30;
const kinds: Readonly<Record<Work, ActKind>> = {
  receive: 'receive',
  report: 'report',
  reportDone: 'done',
  passRecheck: 'recheck',
};

/** Kept at every change, as a registration is. */
interface Form {
  photos: WaitingPhoto[];
  text: string;
  pass: boolean | null;
}
const formKey = (id: string, work: Work): string => `work:${id}:${work}`;

/** Body of the act, apart from its photos; the version is the one that the person had before his eyes. */
function bodyOf(work: Work, form: Form, version: number): Readonly<Record<string, unknown>> {
  switch (work) {
    case 'receive':
      return { version };
    case 'report':
      return { text: form.text.trim() };
    case 'reportDone':
      return { version, text: form.text.trim() };
    case 'passRecheck':
      return { version, pass: form.pass === true, opinion: form.text.trim() };
  }
}

function missing(work: Work, form: Form): string | null {
  if (work === 'receive') return null;
  if (work === 'passRecheck' && form.pass === null) return '请选择复查结果。';
  if (work !== 'report' && form.photos.length === 0)
    return work === 'reportDone' ? '请拍一张整改后的照片。' : '请拍一张复查时的现场照片。';
  if (form.text.trim() === '')
    return work === 'passRecheck' ? (form.pass ? '请写一句复查意见。' : '请写明为什么退回。') : '请写一句整改情况。';
  return null;
}

const texts: Readonly<Record<Work, readonly [string, string]>> = {
  receive: ['', ''],
  report: ['进展情况', '如：已联系维修，明天更换'],
  reportDone: ['整改情况', '如：已更换灭火器 4 具，压力正常'],
  passRecheck: ['复查意见', '如：现场查看，已整改到位'],
};

/** 签收、进展、整改完成、复查 at the place itself: photo first, then one sentence. */
export const actScreen = (id: string, name: string): Screen => {
  const work = (Object.keys(works).indexOf(name) >= 0 ? name : 'report') as Work;
  return {
    title: work === 'passRecheck' ? '复查' : (works[work].split('，')[0] ?? ''),
    back: `#/p/${id}`,
    async draw(main, bottom) {
      fill(main, el('p', { class: 'quiet', is: { role: 'status' } }, '正在读取……'));
      const { view, row } = await problemOf(id);
      const head = view?.problem ?? row;
      if (!head) {
        fill(main, el('p', { class: 'card' }, '没有网络，手机里也没有这条问题，连上网络后再办。'));
        return undefined;
      }
      const key = formKey(id, work);
      const form: Form = (await remembered<Form>(key)) ?? { photos: [], text: '', pass: null };
      const keepForm = (): void => {
        void remember(key, form);
      };
      const says = el('p', { class: 'bad', is: { role: 'alert' } });
      const [label, hint] = texts[work];
      const text = el('textarea', {
        is: { id: 'text', rows: 3, maxlength: work === 'passRecheck' ? 1000 : 4000, placeholder: hint },
        input: (value) => {
          form.text = value;
          keepForm();
        },
      });
      text.value = form.text;
      const after = work === 'reportDone' || work === 'passRecheck';
      fill(
        main,
        el(
          'section',
          { class: 'card' },
          el('span', { class: 'number' }, head.number),
          el('h2', {}, head.title),
          el('p', { class: 'quiet' }, [head.subject, head.address].filter(Boolean).join(' · ')),
        ),
        work === 'receive'
          ? el('p', {}, '签收后由本单位负责整改，请按期完成并拍照报告。认为不属于本单位的，请在办公页面提出异议。')
          : [
              work === 'passRecheck'
                ? chips<'pass' | 'fail'>(
                    '复查结果',
                    [
                      ['pass', '已整改到位'],
                      ['fail', '没有改好，退回'],
                    ],
                    form.pass === null ? null : form.pass ? 'pass' : 'fail',
                    (value) => {
                      form.pass = value === 'pass';
                      keepForm();
                    },
                  )
                : null,
              photoField({
                role: after ? 'after' : 'document',
                title: work === 'passRecheck' ? '复查照片' : work === 'reportDone' ? '整改后照片' : '现场照片',
                hint: after ? '对着原来的位置拍。' : '可以不拍。',
                room: () => (state.start?.photosPerReport ?? MOST_PHOTOS) - form.photos.length,
                list: () => form.photos,
                changed: (add, remove) => {
                  form.photos = form.photos.filter((photo) => photo.id !== remove?.id);
                  if (add) form.photos.push(add);
                  keepForm();
                },
              }),
              el('label', { is: { for: 'text' } }, label),
              text,
            ],
        says,
      );
      const go = button(
        work === 'receive' ? '确认签收' : '提交',
        () => {
          const lack = missing(work, form);
          fill(says, lack ?? '');
          if (lack !== null || !state.who) return;
          go.disabled = true;
          queue({
            account: state.who.account,
            kind: kinds[work],
            problemId: id,
            title: `${head.number} ${head.title}`,
            body: bodyOf(work, form, head.version),
            photos: form.photos,
          })
            .then(async () => {
              await forget(key);
              await countWaiting();
              void askForSync();
              void sendNow();
              location.hash = '#/queue';
            })
            .catch(() => {
              go.disabled = false;
              fill(says, '没有存下，手机存储可能已满或被禁用，请清理后再提交。');
            });
        },
        'main',
      );
      fill(bottom, el('div', { class: 'go' }, go));
      return undefined;
    },
  };
};
