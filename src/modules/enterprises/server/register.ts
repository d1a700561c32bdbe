import { hasRole } from '../../../kernel/actor.ts';
import type { Act } from '../../../platform/act.ts';
import type { EnterpriseDraft } from '../enterprise.ts';
import type { Doubt } from '../match.ts';
import { createEnterprises, type Registered } from './create-enterprises.ts';
import { doubtsOf, refuseTwins, settleDraft } from './settle-draft.ts';

/**
 * Registers one enterprise or place with the next number. `notDuplicate`: the person has seen those that it seems to be.
 * What grid workers and inspectors find in the field waits for somebody who confirms it.
 */
export async function registerEnterprise(
  act: Act,
  draft: EnterpriseDraft,
  options: { readonly notDuplicate?: boolean; readonly how?: string } = {},
): Promise<Registered & { doubts: Doubt[] }> {
  const settled = await settleDraft(act, draft);
  const doubts = await doubtsOf(act, settled);
  refuseTwins(settled.name, doubts, options.notDuplicate ?? false);
  const [made] = await createEnterprises(act, [
    {
      ...settled,
      confirmed: hasRole(act.actor, 'officer', 'clerk', 'unitLeader'),
      ...(options.how === undefined ? {} : { how: options.how }),
    },
  ]);
  if (!made) throw new Error('an enterprise was not entered');
  return { ...made, doubts };
}
