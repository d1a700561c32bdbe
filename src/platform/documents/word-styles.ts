import { attribute, readXmlEntry } from './xml.ts';
import type { ZipContainer } from './zip.ts';

/** What one style declares itself; inherited values are looked up along `basedOn`. */
interface WordStyle {
  readonly name: string;
  basedOn?: string;
  outlineLevel?: number;
  numberingId?: string;
  numberingLevel?: number;
  centred?: boolean;
  bold?: boolean;
  hidden?: boolean;
}

export class WordStyles {
  readonly byId = new Map<string, WordStyle>();
  private defaultId = '';

  constructor(zip: ZipContainer, part: string) {
    let current: WordStyle | undefined;
    let depth = '';
    readXmlEntry(zip, part, {
      open: (name, attributes) => {
        if (name === 'style') {
          const id = attribute(attributes, 'styleId') ?? '';
          current = { name: '' };
          this.byId.set(id, current);
          if (attribute(attributes, 'type') === 'paragraph' && isOn(attribute(attributes, 'default') ?? '0')) {
            this.defaultId = id;
          }
          return;
        }
        if (name === 'tblStylePr') depth = name;
        if (!current || depth !== '') return;
        const value = attribute(attributes, 'val');
        if (name === 'name') Object.assign(current, { name: value ?? '' });
        else if (name === 'basedOn' && value !== undefined) current.basedOn = value;
        else if (name === 'outlineLvl') current.outlineLevel = Number(value);
        else if (name === 'numId' && value !== undefined) current.numberingId = value;
        else if (name === 'ilvl') current.numberingLevel = Number(value);
        else if (name === 'jc') current.centred = value === 'center';
        else if (name === 'b') current.bold = isOn(value);
        else if (name === 'vanish') current.hidden = isOn(value);
      },
      close: (name) => {
        if (name === 'style') current = undefined;
        if (name === depth) depth = '';
      },
    });
  }

  /** First value that the style or one of those it is based on declares. */
  inherited<K extends keyof WordStyle>(id: string | undefined, key: K): WordStyle[K] | undefined {
    return this.declaring(id, key)?.style[key];
  }

  /** The style in the chain that declares the value, with its own id. */
  declaring(id: string | undefined, key: keyof WordStyle): { id: string; style: WordStyle } | undefined {
    let at: string | undefined = id ?? this.defaultId;
    for (let steps = 0; at !== undefined && steps < 30; steps += 1) {
      const style = this.byId.get(at);
      if (!style) return undefined;
      if (style[key] !== undefined) return { id: at, style };
      at = style.basedOn;
    }
    return undefined;
  }

  /** Outline level counted from 1, by declared level or by the name of a built-in heading style. */
  outline(id: string | undefined): number | undefined {
    let at: string | undefined = id;
    for (let steps = 0; at !== undefined && steps < 30; steps += 1) {
      const style = this.byId.get(at);
      if (!style) return undefined;
      if (style.outlineLevel !== undefined) return style.outlineLevel < 9 ? style.outlineLevel + 1 : undefined;
      const named = /^(?:heading|标题)\s*([1-9])/i.exec(style.name);
      if (named) return Number(named[1]);
      at = style.basedOn;
    }
    return undefined;
  }

  /** True for the lines of a generated table of contents. */
  isContents(id: string | undefined): boolean {
    const style = id === undefined ? undefined : this.byId.get(id);
    return style !== undefined && /^(?:toc|目录)\s*[1-9]$/i.test(style.name);
  }
}

/** WordprocessingML on/off: present without a value means on. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || !(value === '0' || value === 'false' || value === 'off' || value === 'none');
}
