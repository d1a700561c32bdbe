export { saveMap } from './store.ts';
