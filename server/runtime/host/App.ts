import type { Snapshot } from "#lib/compile/Snapshot.ts";
import type { Model } from "#lib/model/types.ts";
import { type Catalog, catalogOf } from "#lib/plan/catalog/Catalog.ts";
import { StatementCache } from "../exec/StatementCache.ts";
import { RestApp } from "../rest/RestApp.ts";

/** One model and all that is made of it. Everything is made when it is first asked for. */
export class App {
  readonly hash: string;
  readonly model: Model;
  readonly #parts = new Map<unknown, unknown>();

  constructor({ hash, model }: Pick<Snapshot, "hash" | "model">) {
    this.hash = hash;
    this.model = model;
  }

  get catalog(): Catalog {
    return catalogOf(this.model);
  }

  get statements(): StatementCache {
    return this.part(StatementCache, () => new StatementCache(this.catalog));
  }

  get rest(): RestApp {
    return this.part(RestApp, () => new RestApp(this.model));
  }

  /** Something made of the model once, by the class or function that stands for it. */
  part<Part>(key: unknown, make: () => Part): Part {
    if (!this.#parts.has(key)) this.#parts.set(key, make());
    return this.#parts.get(key) as Part;
  }
}

/** The apps in use; environments that serve equal snapshots share one. */
export class Apps {
  readonly #apps = new Map<string, { readonly app: App; users: number }>();

  get size(): number {
    return this.#apps.size;
  }

  take(snapshot: Snapshot): App {
    const entry = this.#apps.get(snapshot.hash) ?? { app: new App(snapshot), users: 0 };
    entry.users += 1;
    this.#apps.set(snapshot.hash, entry);
    return entry.app;
  }

  release(app: App): void {
    const entry = this.#apps.get(app.hash);
    if (!entry) return;
    entry.users -= 1;
    if (entry.users === 0) this.#apps.delete(app.hash);
  }
}
