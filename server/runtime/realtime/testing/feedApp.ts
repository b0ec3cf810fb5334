import type { Model } from "#lib/model/types.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { EventReader } from "./EventReader.ts";
import { feedModel } from "./feedModel.ts";

export interface Somebody {
  readonly id?: string;
  readonly roles?: readonly string[];
}

export const admin: Somebody = { id: "cid", roles: ["admin"] };
export const ann: Somebody = { id: "ann", roles: ["sales"] };
export const bob: Somebody = { id: "bob", roles: ["guest"] };

export interface FeedApp extends ServedApp {
  /** Listens as somebody, or as the app's own server. Closed with the app. */
  listen(path: string, as?: Somebody | null, headers?: Readonly<Record<string, string>>): Promise<EventReader>;
  change(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Response>;
  /** Takes the rows away, and their changes. */
  clear(): Promise<void>;
}

export async function feedApp(model: Model = feedModel): Promise<FeedApp> {
  const app = await servedApp(model);
  const readers: EventReader[] = [];
  await app.sql`insert into people (id) values ('ann'), ('bob'), ('cid')`;
  return {
    ...app,
    async listen(path, as = null, headers = {}) {
      const actor = as ? { "gantry-act-as": JSON.stringify(as) } : {};
      const all = { authorization: `Bearer ${app.key}`, ...actor, ...headers };
      const reader = await EventReader.listen(app.url, { path, headers: all });
      readers.push(reader);
      return reader;
    },
    change(method, path, body) {
      const headers = { "content-type": "application/json" };
      return app.fetch(`/rest/v1${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    },
    async clear() {
      for (const reader of readers.splice(0)) reader.close();
      await app.sql`truncate deals, notes, tags, deal_tags, gantry_changes`;
    },
    async [Symbol.asyncDispose]() {
      for (const reader of readers) reader.close();
      await app[Symbol.asyncDispose]();
    },
  };
}
