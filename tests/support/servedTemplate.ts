import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { insertSeeds } from "#server/features/deployments/seeds/insertSeeds.ts";
import { readSeeds } from "#server/features/deployments/seeds/readSeeds.ts";
import type { TemplateId } from "#templates/catalogue.ts";
import { type ServedApp, servedApp } from "./servedApp.ts";

/** An answer of the REST API. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly body: any;
}

export interface ServedTemplate extends AsyncDisposable {
  readonly app: ServedApp;
  /** With a service key, which may do everything. */
  readonly system: TemplateClient;
  /** As somebody with these roles; `id` is the key of their own record. */
  as(actor: TemplateActor): TemplateClient;
}

interface TemplateActor {
  readonly id?: string;
  readonly roles: readonly string[];
}

export interface TemplateClient {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  destroy(path: string): Promise<Answer>;
}

/** A template as its first deploy leaves it: its tables, its rows, and the runtime in front of them. */
export async function servedTemplate(id: TemplateId): Promise<ServedTemplate> {
  const sources = await templateSources(id);
  const { model, problems } = readModel(sources);
  if (!model) throw new Error(problems.map(({ file, message }) => `${file}: ${message}`).join("\n"));
  const app = await servedApp(model);
  await insertSeeds(app.sql, model, readSeeds(model, sources));
  return {
    app,
    system: clientOf(app, {}),
    as: (actor) => clientOf(app, { "gantry-act-as": Buffer.from(JSON.stringify(actor)).toString("base64url") }),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

/** A template's files by their paths. */
export async function templateSources(id: TemplateId): Promise<Sources> {
  const folder = join(import.meta.dirname, "../../templates", id);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, "utf8")] as const);
  return Object.fromEntries(await Promise.all(files));
}

function clientOf(app: ServedApp, headers: Readonly<Record<string, string>>): TemplateClient {
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await app.fetch(`/rest/v1${path}`, {
      method,
      headers: { ...headers, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  };
  return {
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    patch: (path, body) => send("PATCH", path, body),
    destroy: (path) => send("DELETE", path),
  };
}
