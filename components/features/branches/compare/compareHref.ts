interface Pair {
  readonly from: string;
  readonly into: string;
}

/** The address of two branches beside each other; `root` is that of the project. */
export function compareHref(root: string, { from, into }: Pair): string {
  return `${root}/ship/branches/compare?${new URLSearchParams({ branch: from, from, into })}`;
}
