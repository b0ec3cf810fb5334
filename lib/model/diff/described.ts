/** What became of a description. */
export function said(of: string, before: string | undefined, after: string | undefined): string {
  if (after === undefined) return `${of} no longer has a description`;
  return before === undefined ? `${of} now has a description` : `${of} has another description`;
}
