import { formatNumber } from './numerals.ts';
import type { WordStyles } from './word-styles.ts';
import { attribute, readXmlEntry } from './xml.ts';
import type { ZipContainer } from './zip.ts';

interface Level {
  start: number;
  format: string;
  text: string;
  suffix: string;
  legal: boolean;
  restartAfter?: number;
  style?: string;
}

interface Abstract {
  readonly levels: Level[];
  styleLink?: string;
}

interface Instance {
  abstractId: string;
  readonly starts: Map<number, number>;
  readonly levels: Map<number, Level>;
}

function emptyLevel(): Level {
  return { start: 1, format: 'decimal', text: '', suffix: 'tab', legal: false };
}

/** Generates the numbers of lists the way Word counts: one counter per abstract list and level, shared by its instances. */
export class WordNumbering {
  private readonly abstracts = new Map<string, Abstract>();
  private readonly instances = new Map<string, Instance>();
  private readonly counters = new Map<string, (number | undefined)[]>();
  private readonly usedStarts = new Set<string>();
  private readonly styles: WordStyles;

  constructor(zip: ZipContainer, part: string, styles: WordStyles) {
    this.styles = styles;
    let abstract: Abstract | undefined;
    let instance: Instance | undefined;
    let level: Level | undefined;
    let overridden = 0;
    readXmlEntry(zip, part, {
      open: (name, attributes) => {
        const value = attribute(attributes, 'val');
        switch (name) {
          case 'abstractNum':
            abstract = { levels: [] };
            this.abstracts.set(attribute(attributes, 'abstractNumId') ?? '', abstract);
            break;
          case 'num':
            instance = { abstractId: '', starts: new Map(), levels: new Map() };
            this.instances.set(attribute(attributes, 'numId') ?? '', instance);
            break;
          case 'abstractNumId':
            if (instance) instance.abstractId = value ?? '';
            break;
          case 'lvlOverride':
            overridden = Number(attribute(attributes, 'ilvl'));
            break;
          case 'startOverride':
            instance?.starts.set(overridden, Number(value));
            break;
          case 'numStyleLink':
            if (abstract) abstract.styleLink = value ?? '';
            break;
          case 'lvl': {
            level = emptyLevel();
            const at = Number(attribute(attributes, 'ilvl'));
            if (instance) instance.levels.set(at, level);
            else if (abstract) abstract.levels[at] = level;
            break;
          }
          default:
            if (level) readLevel(level, name, value, attributes);
        }
      },
      close: (name) => {
        if (name === 'abstractNum') abstract = undefined;
        else if (name === 'num') instance = undefined;
        else if (name === 'lvl') level = undefined;
      },
    });
  }

  private abstractOf(id: string): { id: string; abstract: Abstract } | undefined {
    let at = id;
    for (let steps = 0; steps < 10; steps += 1) {
      const abstract = this.abstracts.get(at);
      if (!abstract?.styleLink) return abstract && { id: at, abstract };
      const numberingId = this.styles.inherited(abstract.styleLink, 'numberingId');
      const next = numberingId === undefined ? undefined : this.instances.get(numberingId);
      if (!next) return { id: at, abstract };
      at = next.abstractId;
    }
    return undefined;
  }

  private levelOf(instance: Instance, abstract: Abstract, level: number): Level | undefined {
    return instance.levels.get(level) ?? abstract.levels[level];
  }

  /**
   * The number of the next paragraph and what stands between it and the text; undefined where the paragraph has none.
   * `numberingId` and `level` are what the paragraph declares itself.
   */
  next(style: string | undefined, numberingId: string | undefined, level: number | undefined): string | undefined {
    const fromStyle = numberingId === undefined;
    const declaring = fromStyle ? this.styles.declaring(style, 'numberingId') : undefined;
    const id = numberingId ?? declaring?.style.numberingId;
    if (id === undefined || id === '0') return undefined;
    const instance = this.instances.get(id);
    const found = instance && this.abstractOf(instance.abstractId);
    if (!instance || !found) return undefined;
    let at = level;
    if (at === undefined && fromStyle) at = this.linkedLevel(style, found.abstract);
    at ??= (fromStyle ? this.styles.inherited(style, 'numberingLevel') : undefined) ?? 0;
    return this.count(id, instance, found.id, found.abstract, at);
  }

  /** Level that names the style, or one of those that the style is based on, as its own. */
  private linkedLevel(style: string | undefined, abstract: Abstract): number | undefined {
    let at = style;
    for (let steps = 0; at !== undefined && steps < 30; steps += 1) {
      const level = abstract.levels.findIndex((candidate) => candidate?.style === at);
      if (level >= 0) return level;
      const declared = this.styles.byId.get(at);
      if (declared?.numberingLevel !== undefined) return declared.numberingLevel;
      at = declared?.basedOn;
    }
    return undefined;
  }

  private count(
    id: string,
    instance: Instance,
    abstractId: string,
    abstract: Abstract,
    at: number,
  ): string | undefined {
    const level = this.levelOf(instance, abstract, at);
    if (!level) return undefined;
    const counters = this.counters.get(abstractId) ?? [];
    this.counters.set(abstractId, counters);
    for (let each = 0; each <= at; each += 1) {
      const start = instance.starts.get(each);
      const key = `${id}:${each}`;
      if (start !== undefined && !this.usedStarts.has(key)) {
        this.usedStarts.add(key);
        counters[each] = each === at ? start - 1 : start;
        if (each < at) continue;
      }
      if (each < at) counters[each] ??= this.levelOf(instance, abstract, each)?.start ?? 1;
    }
    counters[at] = (counters[at] ?? level.start - 1) + 1;
    for (let below = at + 1; below < 9; below += 1) {
      const restartAfter = this.levelOf(instance, abstract, below)?.restartAfter;
      if (restartAfter === undefined || (restartAfter > 0 && at < restartAfter)) counters[below] = undefined;
    }
    if (level.format === 'bullet') return undefined;
    const label = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const place = Number(digit) - 1;
      const other = this.levelOf(instance, abstract, place);
      const value = counters[place] ?? other?.start ?? 1;
      const format = other?.format ?? 'decimal';
      return formatNumber(value, level.legal && format !== 'none' ? 'decimal' : format);
    });
    return label === '' ? undefined : joined(label, level.suffix);
  }
}

function readLevel(level: Level, name: string, value: string | undefined, attributes: string): void {
  if (name === 'start') level.start = Number(value);
  else if (name === 'numFmt')
    level.format = value === 'custom' ? (attribute(attributes, 'format') ?? '') : (value ?? '');
  else if (name === 'lvlText') level.text = value ?? '';
  else if (name === 'suff') level.suffix = value ?? 'tab';
  else if (name === 'isLgl') level.legal = value === undefined || value === '1' || value === 'true';
  else if (name === 'lvlRestart') level.restartAfter = Number(value);
  else if (name === 'pStyle' && value !== undefined) level.style = value;
}

/** A number that ends in a letter or digit would run into the text ("1.1深入"); others are read without a gap ("一、深入"). */
function joined(label: string, suffix: string): string {
  return suffix !== 'nothing' && /[0-9A-Za-z]$/.test(label) ? `${label} ` : label;
}
