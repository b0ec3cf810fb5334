import type { ConsoleAnswer } from "./ConsoleRequest.ts";

/** What an app says when it refuses: its problem document, or the errors of GraphQL. */
export interface ConsoleProblem {
  readonly sentence: string;
  readonly code: string | null;
  /** Its page in the app's documents. */
  readonly link: string | null;
  readonly fields: readonly { readonly field: string; readonly message: string; readonly allowed: readonly string[] }[];
}

/** Why an answer is a refusal; null where it is none, or says nothing that can be read. */
export function problemOf({ status, text }: ConsoleAnswer, url: string): ConsoleProblem | null {
  const body = parsed(text);
  if (!isObject(body)) return null;
  const errors = Array.isArray(body.errors) ? body.errors.filter(isObject) : [];
  if (status >= 400 && (typeof body.detail === "string" || typeof body.title === "string")) {
    const sentence = [body.detail, body.title].find((one) => typeof one === "string") ?? "";
    return { sentence: String(sentence), ...about(body, url), fields: errors.map(fieldOf) };
  }
  const [first] = errors;
  if (!first) return null;
  const inner = isObject(first.extensions) ? first.extensions : {};
  const fields = Array.isArray(inner.fields) ? inner.fields.filter(isObject) : [];
  const sentence = errors.map(({ message, detail }) => textOf(detail) ?? textOf(message) ?? "").join(" ");
  return { sentence, ...about({ ...first, ...inner }, url), fields: fields.map(fieldOf) };
}

function about(body: Readonly<Record<string, unknown>>, url: string): Pick<ConsoleProblem, "code" | "link"> {
  const code = textOf(body.code);
  return { code, link: code === null ? null : `${url}/docs/errors#${code}` };
}

function fieldOf({ field, message, allowed }: Readonly<Record<string, unknown>>): ConsoleProblem["fields"][number] {
  const names = Array.isArray(allowed) ? allowed.filter((name) => typeof name === "string") : [];
  return { field: textOf(field) ?? "", message: textOf(message) ?? "", allowed: names };
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** JSON in lines; anything else as it is. */
export function prettyText(text: string): string {
  const body = parsed(text);
  return body === null ? text : JSON.stringify(body, null, 2);
}
