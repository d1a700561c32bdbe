/**
 * The file cannot be read at all. `message` is a Chinese sentence for the person who brought it: what is wrong, what to do.
 * `kind` is stable for programs: empty, unknown, encrypted, scan, too-large, bomb, entities, damaged, unreadable.
 */
export class DocumentRefused extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.name = 'DocumentRefused';
    this.kind = kind;
  }
}
