import { createContext, useContext } from 'react';

/** How a page tells the shell its own title. */
export interface Crumb {
  readonly title: string | null;
  readonly setTitle: (title: string | null) => void;
}
export const CrumbPlace = createContext<Crumb>({ title: null, setTitle: () => {} });
export const useCrumb = (): Crumb => useContext(CrumbPlace);
