import type { AttributeKind } from "../types.ts";

/** Says what a value of the kind looks like in a file. */
export function expectedValue(kind: AttributeKind): string {
  switch (kind) {
    case "text":
      return "text in quotes";
    case "integer":
      return "a whole number between -2147483648 and 2147483647";
    case "bigint":
      return 'a whole number of at most 64 bits in quotes, such as "5000000000"';
    case "decimal":
      return 'a decimal number in quotes, such as "12.50"';
    case "boolean":
      return "`true` or `false`";
    case "date":
      return 'a day that exists, such as "2026-01-31"';
    case "timestamp":
      return 'a moment with its zone, such as "2026-01-31T12:00:00Z"';
    case "uuid":
      return 'a UUID, such as "0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b"';
    case "json":
      return "a JSON value";
    case "choice":
      return "one of the options in quotes";
  }
}
