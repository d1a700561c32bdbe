/** Bounds that keep a hostile or broken file from taking the machine; sizes in bytes. */
export interface Limits {
  /** Largest file that is opened. */
  readonly fileBytes: number;
  /** Most entries in one zip container. */
  readonly zipEntries: number;
  /** Most bytes that all entries of one container may inflate to, counted while inflating. */
  readonly unzippedBytes: number;
  /** Highest inflated : packed ratio of one entry, looked at once the entry has passed `ratioFrom`. */
  readonly zipRatio: number;
  readonly ratioFrom: number;
  /** Longest text, in characters, that is handed on. */
  readonly textLength: number;
  /** Milliseconds that an outside converter may take. */
  readonly conversionMs: number;
}

export const DEFAULT_LIMITS: Limits = {
  fileBytes: 100 * 1024 * 1024,
  zipEntries: 10_000,
  unzippedBytes: 800 * 1024 * 1024,
  zipRatio: 250,
  ratioFrom: 16 * 1024 * 1024,
  textLength: 60_000_000,
  conversionMs: 120_000,
};
