import type { ServedApp } from "#tests/support/servedApp.ts";

/** An answer of the REST API. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null where there is no body. */
  readonly body: Json;
}

// biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
export type Json = any;

export interface RestClient {
  get(path: string): Promise<RestAnswer>;
  /** The body is sent as JSON, or as it is where it is text. */
  send(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<RestAnswer>;
  /** Keys of a list's objects. */
  ids(query: string): Promise<readonly string[]>;
}

export function restClient(app: Pick<ServedApp, "fetch">): RestClient {
  const read = async (response: Response): Promise<RestAnswer> => {
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text === "" ? null : JSON.parse(text) };
  };
  return {
    get: async (path) => read(await app.fetch(`/rest/v1${path}`)),
    send: async (method, path, body) =>
      read(
        await app.fetch(`/rest/v1${path}`, {
          method,
          headers: { "content-type": "application/json" },
          ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
        }),
      ),
    async ids(query) {
      const { body, text, status } = await read(await app.fetch(`/rest/v1${query}`));
      if (status !== 200) throw new Error(text);
      return body.data.map(({ id }: { readonly id: string }) => id);
    },
  };
}
