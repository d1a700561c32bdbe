/** Addresses of the task lists behind the figures: a figure that opens nothing cannot be checked. */
export function tasksAddress(filters: Readonly<Record<string, string | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters))
    if (value !== null && value !== undefined && value !== '')
      for (const one of value.split(',')) query.append(name, one);
  const text = query.toString();
  return text === '' ? '/tasks' : `/tasks?${text}`;
}

/**
 * What every link from the wall carries so that its list counts as the wall does: the day, the plan, and for those who
 * see only some units the tasks that these lead (others show up in the list as tasks in which they take part).
 */
export const sameCount = (
  roles: readonly string[] | undefined,
  asOf: string | null,
  plan: string | null,
): Record<string, string> => ({
  ...(asOf ? { asOf } : {}),
  ...(plan ? { plan } : {}),
  ...(roles?.includes('officer') ? {} : { mine: 'led' }),
});
