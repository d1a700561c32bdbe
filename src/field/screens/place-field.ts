import { type Place, read, state } from '../app.ts';
import { button, el, fill } from '../el.ts';
import { metresBetween, whereAmI } from '../place.ts';
import { send } from '../send.ts';
import { numberIn, readCode } from './code.ts';

interface PlaceField {
  readonly chosen: () => Place | null;
  readonly address: () => string;
  readonly choose: (place: Place | null) => void;
  readonly write: (address: string) => void;
  readonly position: (longitude: number, latitude: number) => void;
}

const SHOWN = 8;
const NEAR_METRES = 1000;

/** Names, numbers and addresses that hold all the words; widths and spaces do not matter. */
function found(words: string): Place[] {
  const wanted = words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const hits: Place[] = [];
  for (const place of state.places) {
    const text = `${place.name} ${place.number} ${place.address ?? ''}`.normalize('NFKC').toLowerCase();
    if (wanted.every((word) => text.indexOf(word) >= 0)) hits.push(place);
    if (hits.length >= SHOWN) break;
  }
  return hits;
}

/** One enterprise by the number on its door: from the phone, else from the server. */
export async function placeOfNumber(number: string): Promise<Place | null> {
  const known = state.places.find((place) => place.number === number);
  if (known) return known;
  try {
    const { enterprise } = await read(() => send('enterpriseByNumber', { params: { number } }));
    return enterprise;
  } catch {
    return null;
  }
}

/** Where it is: an enterprise by code, nearness, name or number – or any place in words. */
export function placeField(field: PlaceField): HTMLElement {
  const body = el('div');
  const results = el('ul', { class: 'plain results', is: { 'aria-label': '找到的企业' } });
  const says = el('p', { class: 'quiet', is: { role: 'status' } });
  let asked = 0;

  const pick = (place: Place | null): void => {
    field.choose(place);
    draw();
  };
  const show = (places: readonly (Place & { readonly metres?: number })[], none: string): void => {
    fill(says, places.length === 0 ? none : '');
    fill(
      results,
      places.map((place) =>
        el(
          'li',
          {},
          el(
            'button',
            { class: 'card item', is: { type: 'button' }, click: () => pick(place) },
            el('strong', {}, place.name),
            el(
              'span',
              { class: 'quiet' },
              [place.metres === undefined ? null : `约 ${place.metres} 米`, place.address, place.number]
                .filter(Boolean)
                .join(' · '),
            ),
          ),
        ),
      ),
    );
  };
  const search = (words: string): void => {
    asked += 1;
    const mine = asked;
    const local = found(words);
    show(local, '');
    if (words.trim().length < 2 || local.length >= SHOWN) return;
    setTimeout(() => {
      if (mine !== asked) return;
      read(() => send('listEnterprises', { query: { q: words.trim(), pageSize: SHOWN } }))
        .then(({ rows }) => {
          if (mine !== asked) return;
          const more = rows.filter((row) => !local.some((place) => place.id === row.id));
          show([...local, ...more].slice(0, SHOWN), '没有找到，可以换个词，或者在下面直接写地点。');
        })
        .catch(() => {
          if (mine === asked && local.length === 0) fill(says, '手机里没有找到，现在没有网络；可以在下面直接写地点。');
        });
    }, 300);
  };
  const nearby = async (): Promise<void> => {
    fill(says, '正在定位……');
    const position = await whereAmI();
    if (typeof position === 'string') return void fill(says, position);
    field.position(position.longitude, position.latitude);
    const near = state.places
      .filter((place) => place.longitude !== null && place.latitude !== null)
      .map((place) => ({
        ...place,
        metres: metresBetween(position, { longitude: place.longitude ?? 0, latitude: place.latitude ?? 0 }),
      }))
      .filter((place) => place.metres <= NEAR_METRES)
      .sort((a, b) => a.metres - b.metres)
      .slice(0, SHOWN);
    show(near, `附近 ${NEAR_METRES} 米内没有登记的企业或场所，位置已记下，请在下面写明地点。`);
  };
  const scan = async (picture: File | undefined): Promise<void> => {
    if (!picture) return;
    const number = numberIn((await readCode(picture)) ?? '');
    const place = number ? await placeOfNumber(number) : null;
    if (place) pick(place);
    else fill(says, number ? `没有找到编号为 ${number} 的企业。` : '没有认出二维码，请对准拍清楚，或者输入编号。');
  };

  function draw(): void {
    const place = field.chosen();
    if (place) {
      fill(
        body,
        el(
          'div',
          { class: 'card' },
          el('strong', {}, place.name),
          el('span', { class: 'quiet' }, [place.address, place.number].filter(Boolean).join(' · ')),
          button('换一个', () => pick(null), 'plain'),
        ),
      );
      return;
    }
    const words = el('input', {
      is: { id: 'place-words', type: 'search', autocomplete: 'off', placeholder: '企业名称、编号或地址' },
      input: search,
    });
    const address = el('input', {
      is: { id: 'address', autocomplete: 'off', maxlength: 200, placeholder: '如：东大街与桥北路口人行道' },
      input: field.write,
    });
    address.value = field.address();
    fill(results);
    fill(says);
    const code = el('input', {
      class: 'hidden',
      is: { id: 'code', type: 'file', accept: 'image/*', capture: 'environment' },
    });
    code.addEventListener('change', () => void scan(code.files?.[0]));
    fill(
      body,
      el('label', { is: { for: 'place-words' } }, '企业或场所'),
      words,
      el(
        'div',
        { class: 'row' },
        button('附近的企业', () => void nearby(), 'plain'),
        'BarcodeDetector' in window
          ? el(
              'span',
              { class: 'take' },
              code,
              el('label', { class: 'button plain', is: { for: 'code' } }, '扫门牌二维码'),
            )
          : null,
      ),
      says,
      results,
      el('label', { is: { for: 'address' } }, '不是企业的，写明地点'),
      address,
    );
  }
  draw();
  return el('section', { is: { 'aria-label': '在哪里' } }, el('h2', {}, '在哪里'), body);
}
