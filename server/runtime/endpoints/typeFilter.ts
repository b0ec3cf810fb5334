const pattern = /^(?:\*|[A-Za-z0-9_-]+)(?:\.(?:\*|[A-Za-z0-9_-]+))*$/;

const mostPatternCharacters = 200;

/** `*`, `deal.*`, `*.created` or `deal.updated`. */
export function isTypePattern(text: string): boolean {
  return text.length <= mostPatternCharacters && pattern.test(text);
}

/** Whether a type of events is one of those that the patterns name. A `*` at the end stands for all that follows. */
export function isWanted(patterns: readonly string[], type: string): boolean {
  const parts = type.split(".");
  return patterns.some((text) => {
    const wanted = text.split(".");
    const isOpen = wanted.at(-1) === "*";
    if (isOpen ? wanted.length > parts.length : wanted.length !== parts.length) return false;
    return wanted.every((part, at) => part === "*" || part === parts[at]);
  });
}
