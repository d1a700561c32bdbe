import { el, fill } from '../el.ts';
import type { WaitingPhoto } from '../outbox.ts';
import { PhotoRefused, takePhoto } from '../photo.ts';
import { type Position, whereAmI } from '../place.ts';
import { drop, keep, kept } from '../store.ts';

interface PhotoField {
  readonly role: WaitingPhoto['role'];
  readonly title: string;
  readonly hint: string;
  /** How many more there may be. */
  readonly room: () => number;
  readonly list: () => readonly WaitingPhoto[];
  readonly changed: (add: WaitingPhoto | null, remove: WaitingPhoto | null, position: Position | null) => void;
}

const addresses = new Map<string, string>();

/** The kept picture as an address for <img>; empty for what is gone or cannot be shown. */
async function addressOf(photo: WaitingPhoto): Promise<string> {
  const known = addresses.get(photo.id);
  if (known !== undefined) return known;
  const picture = await kept<Blob>('blobs', photo.id);
  const address = picture && picture.type === 'image/jpeg' ? URL.createObjectURL(picture) : '';
  addresses.set(photo.id, address);
  return address;
}

/** Photos of one role: taken or chosen, shrunk and kept at once; each can be removed again. */
export function photoField(field: PhotoField): HTMLElement {
  const shown = el('ul', { class: 'photos' });
  const says = el('p', { class: 'bad', is: { role: 'alert' } });
  const busy = el('p', { class: 'quiet', is: { role: 'status' } });

  const draw = (): void => {
    const items = field.list().map((photo, at) => {
      const picture = el('img', { is: { alt: `${field.title}第 ${at + 1} 张` } });
      const frame = el('span', { class: 'frame' }, picture);
      addressOf(photo)
        .then((address) => {
          if (address) picture.src = address;
          else fill(frame, el('span', { class: 'noview' }, `${photo.name}，手机不能预览，会原样上传`));
        })
        .catch(() => undefined);
      const remove = el(
        'button',
        {
          class: 'remove',
          is: { type: 'button', 'aria-label': `删除${field.title}第 ${at + 1} 张` },
          click: () => {
            void drop('blobs', photo.id);
            field.changed(null, photo, null);
            draw();
          },
        },
        '删除',
      );
      return el('li', {}, frame, remove);
    });
    fill(shown, items);
  };

  const take = async (files: FileList | null, fresh: boolean): Promise<void> => {
    const chosen = Array.from(files ?? []);
    if (chosen.length === 0) return;
    fill(says);
    if (chosen.length > field.room())
      fill(
        says,
        `一份报告最多 ${field.list().length + field.room()} 张照片，还能加 ${Math.max(0, field.room())} 张，请挑选最能说明情况的。`,
      );
    // a picture from the album may have been taken anywhere: only the camera's are placed by the phone
    const where = fresh ? whereAmI() : Promise.resolve('');
    for (const file of chosen.slice(0, Math.max(0, field.room()))) {
      fill(busy, `正在处理${field.title}……`);
      try {
        const position = await Promise.race([where, new Promise<string>((done) => setTimeout(done, 4000, ''))]);
        const placed = typeof position === 'string' ? null : position;
        const { photo, picture } = await takePhoto(file, field.role, field.list().length, placed);
        await keep('blobs', photo.id, picture);
        field.changed(photo, null, placed);
      } catch (thrown) {
        fill(says, thrown instanceof PhotoRefused ? thrown.message : '照片没有存下，手机存储可能已满，请清理后再拍。');
      }
    }
    fill(busy);
    draw();
  };

  const input = (id: string, word: string, camera: boolean): HTMLElement => {
    const chooser = el('input', {
      class: 'hidden',
      is: { id, type: 'file', accept: 'image/*', multiple: !camera, capture: camera ? 'environment' : null },
    });
    chooser.addEventListener('change', () => {
      void take(chooser.files, camera).then(() => {
        chooser.value = '';
      });
    });
    return el(
      'span',
      { class: 'take' },
      chooser,
      el('label', { class: `button ${camera ? 'main' : 'plain'}`, is: { for: id } }, word),
    );
  };
  draw();
  return el(
    'section',
    { is: { 'aria-label': field.title } },
    el('h2', {}, field.title),
    el('p', { class: 'quiet' }, field.hint),
    shown,
    el(
      'div',
      { class: 'row' },
      input(`${field.role}-camera`, '拍照', true),
      input(`${field.role}-album`, '从相册选', false),
    ),
    busy,
    says,
  );
}
