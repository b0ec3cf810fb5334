/**
 * What people wrote about a part of their app, as it may stand in a document that others show as Markdown: no scripts.
 * Undefined where they wrote nothing.
 */
export function prose(text: string | undefined): string | undefined {
  const said = text
    ?.trim()
    .replace(/<(?=\/?script)/gi, "&lt;")
    .replace(/\beval\(/g, "eval (");
  return said === "" ? undefined : said;
}

/** The same as a member of an object. */
export function described(text: string | undefined): { readonly description?: string } {
  const description = prose(text);
  return description === undefined ? {} : { description };
}
