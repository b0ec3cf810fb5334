import { hashedName, storedName } from "../../sql/ddl/storedName.ts";

/** Gives names that are not taken yet. Tables and indexes share one name space in a PostgreSQL schema. */
export class RelationNames {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** `<parts>_<ending>`, with a hash where that is too long or taken. */
  claim(parts: readonly string[], ending: string): string {
    let name = storedName(parts, ending);
    for (let round = 1; this.#taken.has(name); round += 1) {
      name = hashedName(round === 1 ? parts : [...parts, String(round)], ending);
    }
    this.#taken.add(name);
    return name;
  }
}
