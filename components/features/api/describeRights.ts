interface Rights {
  readonly roles: readonly string[] | null;
  readonly actAs: boolean;
}

/** What a key may do, in a few words. */
export function describeRights({ roles, actAs }: Rights): string {
  const own = roles === null ? "Everything" : roles.length === 0 ? "As nobody in particular" : `As ${roles.join(", ")}`;
  return actAs ? `${own}; may act as others` : own;
}
