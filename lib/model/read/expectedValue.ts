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
    case "time":
      return 'a time of day, such as "09:30:00"';
    case "duration":
      return 'a length of time, such as "PT1H30M"';
    case "email":
      return 'an e-mail address, such as "ada@example.com"';
    case "url":
      return 'an address, such as "https://example.com/"';
    case "phone":
      return 'a telephone number with its country, such as "+4930123456"';
    case "money":
      return 'an amount and its currency, such as "12.50 EUR"';
    case "list":
      return "a list in `[ ]`";
    case "embed":
      return "the parts in `{ }`";
    case "vector":
      return "a list of numbers";
    case "encrypted":
      return "text in quotes";
    case "file":
    case "sequence":
      return "no value";
  }
}
