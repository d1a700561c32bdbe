/** One screen: its heading, where 返回 leads, and how it is drawn into the page. */
export interface Screen {
  readonly title: string;
  /** Null on the first level. */
  readonly back?: string | null;
  /** May give back what is to be done when the screen is left. An empty `bottom` gets the tabs. */
  draw(main: HTMLElement, bottom: HTMLElement): Promise<(() => void) | undefined> | (() => void) | undefined;
}
