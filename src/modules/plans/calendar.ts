/** Last day of a month as a number: 28…31. */
export function lastDayOf(year: number, month: number): number {
  return (
    [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][
      month - 1
    ] ?? 30
  );
}

/** YYYY-MM-DD, or null where no such day exists. */
export function day(year: number, month: number, date: number): string | null {
  if (month < 1 || month > 12 || date < 1 || date > lastDayOf(year, month)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
