import { nameBytes } from "#lib/sql/ddl/storedName.ts";
import { maxIdentifierBytes } from "#lib/sql/identifier.ts";

/** A stored name with an ending, cut between code points so that PostgreSQL keeps the whole. */
export function cutName(name: string, ending: string): string {
  let kept = "";
  for (const character of name) {
    if (nameBytes(kept + character + ending) > maxIdentifierBytes) break;
    kept += character;
  }
  return kept + ending;
}
