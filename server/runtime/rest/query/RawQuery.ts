/** A query string cut into its pairs, still encoded. */
export interface RawQuery {
  readonly pairs: readonly RawPair[];
  /**
   * The query without what is a mere value (operands of filters and of `having`, cursors): requests with equal skeletons have plans of
   * equal shape.
   */
  readonly skeleton: string;
  readonly values: readonly string[];
}

export interface RawPair {
  readonly name: string;
  readonly value: string;
}

const cursorName = /^page(?:\[|%5B)(?:after|before)(?:\]|%5D)$/i;
/** `filter[deletedAt][isNull]`; but `filter[isNull]` is a field of that name. */
const questionName = /(?:\]|%5D)(?:\[|%5B)is(?:Null|Empty)(?:\]|%5D)$/i;

/** A pair whose value has no part in the shape of the plan. Takes names encoded or not. */
export function isMereValue(name: string): boolean {
  if (name.startsWith("filter")) return !questionName.test(name);
  return name.startsWith("having") || cursorName.test(name);
}

export function readRawQuery(query: string): RawQuery {
  const pairs: RawPair[] = [];
  const values: string[] = [];
  let skeleton = "";
  for (let start = 0; start < query.length; ) {
    const ampersand = query.indexOf("&", start);
    const end = ampersand < 0 ? query.length : ampersand;
    const equals = query.indexOf("=", start);
    const cut = equals < 0 || equals > end ? end : equals;
    if (end > start) {
      const name = query.slice(start, cut);
      const value = query.slice(cut + 1, end);
      pairs.push({ name, value });
      if (isMereValue(name)) {
        values.push(value);
        skeleton += `${name}&`;
      } else skeleton += `${name}=${value}&`;
    }
    start = end + 1;
  }
  return { pairs, skeleton, values };
}

/** The text of an encoded part; null when it is not well-formed. */
export function decodePart(part: string): string | null {
  if (!part.includes("%") && !part.includes("+")) return part;
  try {
    return decodeURIComponent(part.replaceAll("+", " "));
  } catch {
    return null;
  }
}
