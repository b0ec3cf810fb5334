const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An e-mail address: what stands before the `@` as it is written, the domain in small letters. ASCII only (domains with
 * other letters are written with `xn--`), without quotes and comments, at most 64 characters before the `@` and 254 in
 * all, at least two parts in the domain. Null when the text is none.
 */
export function canonicalEmail(text: string): string | null {
  const at = text.lastIndexOf("@");
  if (at < 1 || at > 64 || text.length > 254) return null;
  const domain = text.slice(at + 1).toLowerCase();
  const labels = domain.split(".");
  if (!local.test(text.slice(0, at)) || labels.length < 2 || !labels.every((part) => label.test(part))) return null;
  return /^\d+$/.test(labels.at(-1) ?? "") ? null : `${text.slice(0, at)}@${domain}`;
}
