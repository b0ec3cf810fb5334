import { sha256 } from "./sha256.ts";

/** An operation of the app's own, with the fragments that it needs. */
export interface TrustedOperation {
  readonly name: string;
  readonly text: string;
}

/** The operations in an app's sources, by their names and by the hashes of their texts. */
export class TrustedDocuments {
  readonly #byName: ReadonlyMap<string, string>;
  #byHash: ReadonlyMap<string, string> | null = null;

  constructor(operations: readonly TrustedOperation[]) {
    this.#byName = new Map(operations.map(({ name, text }) => [name, text]));
  }

  /** By `DealList`, or `sha256:…`. */
  named(id: string): string | null {
    return id.startsWith("sha256:") ? this.withHash(id.slice("sha256:".length)) : (this.#byName.get(id) ?? null);
  }

  withHash(hash: string): string | null {
    this.#byHash ??= new Map([...this.#byName.values()].map((text) => [sha256(text), text]));
    return this.#byHash.get(hash) ?? null;
  }
}
