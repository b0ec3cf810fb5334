import { appOperations, operationText } from "#lib/codegen/graphql/operations/appOperations.ts";
import type { Model } from "#lib/model/types.ts";
import { sha256 } from "./sha256.ts";

const mostSpellings = 500;
const longestSpelling = 20_000;

interface Known {
  readonly byName: ReadonlyMap<string, string>;
  readonly byHash: ReadonlyMap<string, string>;
}

/** The operations in an app's sources: by their names, by hashes of their texts, and by what is sent of them. */
export class TrustedDocuments {
  readonly #model: Pick<Model, "operations">;
  #known: Known | null = null;
  /** Which operation a text is that differs from it in spaces and comments alone. */
  readonly #spellings = new Map<string, string | null>();

  constructor(model: Pick<Model, "operations">) {
    this.#model = model;
  }

  /** By `DealList`, or `sha256:…`. */
  named(id: string): string | null {
    return id.startsWith("sha256:")
      ? this.withHash(id.slice("sha256:".length))
      : (this.#operations().byName.get(id) ?? null);
  }

  withHash(hash: string): string | null {
    return this.#operations().byHash.get(hash) ?? null;
  }

  /** The operation that a text is, however it is spaced. */
  spelled(text: string): string | null {
    const known = this.#spellings.get(text);
    if (known !== undefined) return known;
    const plain = operationText(text);
    const found = plain === null ? null : this.withHash(sha256(plain));
    if (text.length > longestSpelling) return found;
    if (this.#spellings.size >= mostSpellings) this.#spellings.clear();
    this.#spellings.set(text, found);
    return found;
  }

  /** Parsed when somebody asks for one. */
  #operations(): Known {
    if (!this.#known) {
      const all = appOperations(this.#model);
      this.#known = {
        byName: new Map(all.map(({ name, text }) => [name, text])),
        byHash: new Map(all.map(({ text }) => [sha256(text), text])),
      };
    }
    return this.#known;
  }
}
