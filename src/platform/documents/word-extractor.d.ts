declare module 'word-extractor' {
  /** The part of the library that is used: the running text of a Word 97–2003 file. */
  export default class WordExtractor {
    extract(source: Buffer): Promise<{ getBody(): string }>;
  }
}
