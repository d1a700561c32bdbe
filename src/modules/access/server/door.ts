export { beforePasswordChange } from '../session.ts';
export { type Authenticated, authenticate } from './authenticate.ts';
export { type CreatedAccount, createAccount, type NewAccount } from './create-account.ts';
export {
  createFirstAccounts,
  type FirstAccount,
  type FirstAccountCreated,
  usualAdministrators,
} from './first-accounts.ts';
export { accessItems } from './records.ts';
