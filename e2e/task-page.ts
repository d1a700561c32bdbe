import type { Locator, Page } from 'playwright-core';
import { settled } from './browser.ts';

/** The dialog of one action on a task's page. */
export async function openAction(page: Page, action: string): Promise<Locator> {
  await page.getByRole('region', { name: '可以办理的操作' }).getByRole('button', { name: action, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: new RegExp(`^${action}：`) });
  await dialog.waitFor();
  return dialog;
}

/** The button that sends the dialog of an action. */
export const sendButton = (dialog: Locator, action: string): Locator =>
  dialog.getByRole('button', { name: `确认${action}` });

/** Opens the dialog of an action, fills it and sends it; ends when it was acknowledged. */
export async function act(
  page: Page,
  action: string,
  fill: (dialog: Locator) => Promise<void> = async () => {},
): Promise<void> {
  const dialog = await openAction(page, action);
  await fill(dialog);
  await sendButton(dialog, action).click();
  await dialog.waitFor({ state: 'hidden' });
  await settled(page);
}
