/**
 * Small letters and capitals as PostgreSQL's builtin locale C.UTF-8 maps them: each code point by itself, to one code
 * point. JavaScript maps some to several (`ß` to `SS`); these have no such mapping, or another one that is said here.
 */
export function lower(text: string): string {
  return mapped(text, (point) => (point === "\u0130" ? "i" : point.toLowerCase()));
}

export function upper(text: string): string {
  return mapped(text, upperPoint);
}

function mapped(text: string, map: (point: string) => string): string {
  let result = "";
  for (const point of text) {
    const other = isNewer(point) ? point : map(point);
    result += [...other].length === 1 ? other : point;
  }
  return result;
}

/** Letters of Unicode 17 that have a case; PostgreSQL 18 knows those of Unicode 16. */
function isNewer(point: string): boolean {
  const code = point.codePointAt(0) ?? 0;
  if (code === 0xa7ce || code === 0xa7cf) return true;
  return (code >= 0xa7d2 && code <= 0xa7d5) || (code >= 0x16ea0 && code <= 0x16ed3);
}

/** Greek letters with an iota below: their capital with a iota beside it is a code point of its own. */
function upperPoint(point: string): string {
  const code = point.codePointAt(0) ?? 0;
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8);
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCodePoint(code + 9);
  return point.toUpperCase();
}
