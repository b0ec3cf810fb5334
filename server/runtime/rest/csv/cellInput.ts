import type { AttributeType } from "#lib/model/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import type { Cell } from "./CsvParser.ts";

/** Something that no field takes, where a text would be taken for more than it is. */
const unreadable = Symbol("unreadable");

/**
 * What stands in a cell as a value of a JSON document, which fields are read of. Quotes around nothing are an empty text
 * in a column of texts, and no value in all others, which have none that is empty.
 */
export function cellInput(type: AttributeType, cell: Cell): unknown {
  if (cell === null) return null;
  switch (type.kind) {
    case "text":
    case "sequence":
    case "encrypted":
      return cell;
    case "integer":
      return cell === "" ? null : /^[+-]?\d{1,15}$/.test(cell) ? Number(cell) : cell;
    case "boolean":
      return cell === "" ? null : /^true$/i.test(cell) ? true : /^false$/i.test(cell) ? false : cell;
    case "list":
    case "embed":
    case "vector":
      return cell === "" ? null : jsonOf(cell, cell);
    case "json":
      return cell === "" ? null : jsonOf(cell, unreadable);
    default:
      return cell === "" ? null : cell;
  }
}

function jsonOf(text: string, otherwise: unknown): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return otherwise;
  }
}
