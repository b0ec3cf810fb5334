/** A calendar month in UTC: `2026-11`. */
export function monthOf(moment: Date): string {
  return moment.toISOString().slice(0, 7);
}

/** The month before. */
export function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return monthOf(new Date(Date.UTC(year, number - 2, 1)));
}

/** Its first day and that of the next month, as dates: `2026-11-01`, `2026-12-01`. */
export function daysOf(month: string): { readonly from: string; readonly until: string } {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return { from: `${month}-01`, until: new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10) };
}
