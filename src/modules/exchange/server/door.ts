export { startDeliveries } from './deliver.ts';
export { exchangeListeners } from './hear.ts';
export { exchangeItems } from './webhooks.ts';
