import { createHash } from "node:crypto";
import { AppError } from "#lib/errors/AppError.ts";
import type { Answer } from "./Answer.ts";
import { namesIn } from "./input/inputSchema.ts";
import type { Page, Route } from "./Route.ts";

/** Where the API is, below the installation's address. */
export const base = "/api/v1";

interface Called {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly input: Readonly<Record<string, unknown>>;
  readonly url: URL;
}

/** What a procedure answered as the answer of its operation: lists as `data`, moments as text, nothing as 404 or 204. */
export function answerOf({ route, params, input, url }: Called, result: unknown): Answer {
  const { method, status = 200, location, page } = route;
  const headers: Record<string, string> = {};
  if (location !== undefined) {
    const told = typeof result === "object" && result !== null ? (result as Readonly<Record<string, unknown>>) : {};
    headers.location = base + filled(location, { ...input, ...told, ...params });
  }
  if (status === 204) return { status, headers, body: null };
  if ((result === null || result === undefined) && method === "GET") {
    throw new AppError("not_found", "There is nothing here yet.");
  }
  const next = page && nextOf(page, result, input);
  if (page && next !== undefined) headers.link = `<${base}${pathWith(url, page.query, next)}>; rel="next"`;
  headers["content-type"] = "application/json";
  return { status, headers, body: JSON.stringify(Array.isArray(result) ? { data: result } : (result ?? null)) };
}

/** A strong validator of a body. */
export function etagOf(body: string): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
}

function filled(template: string, values: Readonly<Record<string, unknown>>): string {
  return namesIn(template).reduce((path, name) => {
    return path.replace(`{${name}}`, encodeURIComponent(String(values[name])));
  }, template);
}

function nextOf({ field, size }: Page, result: unknown, input: Called["input"]): string | undefined {
  if (Array.isArray(result)) {
    // A page that is not full is the last one.
    const most = size ? (input[size.query] ?? size.otherwise) : 0;
    return result.length > 0 && result.length >= Number(most) ? textAt(result.at(-1), field) : undefined;
  }
  return textAt(result, field);
}

function textAt(value: unknown, field: string): string | undefined {
  const found = typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

function pathWith(url: URL, name: string, value: string): string {
  const next = new URL(url);
  next.searchParams.set(name, value);
  return next.pathname.slice(base.length) + next.search;
}
