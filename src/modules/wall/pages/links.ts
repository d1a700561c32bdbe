/** Addresses of the task lists behind the figures: a figure that opens nothing cannot be checked. */
export function tasksAddress(filters: Readonly<Record<string, string | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters))
    if (value !== null && value !== undefined && value !== '') query.set(name, value);
  const text = query.toString();
  return text === '' ? '/tasks' : `/tasks?${text}`;
}
