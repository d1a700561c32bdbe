export { beforePasswordChange } from '../session.ts';
export { authenticateKey, badKey } from './api-keys.ts';
export { actorOf, authenticate, jurisdictionsBelow } from './authenticate.ts';
export { createAccount } from './create-account.ts';
export { createFirstAccounts, type FirstAccountCreated } from './first-accounts.ts';
export { accessItems } from './records.ts';
export { type AccountCard, accountOfLogin, checkingAccounts } from './store.ts';
