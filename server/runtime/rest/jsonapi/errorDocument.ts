import type { AppError, FieldError } from "#lib/errors/AppError.ts";
import { errorCodes } from "#lib/errors/codes.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { Answer } from "../../http/Answer.ts";
import { problemAnswer } from "../../http/problemAnswer.ts";
import { memberOf } from "./memberNames.ts";
import { jsonApiType } from "./negotiate.ts";
import { pointerPart } from "./pointerPart.ts";

/** What a request consisted of, so that errors can say where they come from. */
export interface Asked {
  /** The resource that its document is about; null where it has none. */
  readonly entity: Entity | null;
  /** Its parameters, by the names that plain REST has for them. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly base: string;
}

/** The error of a request as JSON:API's: one object for each thing that is wrong. */
export function errorDocument(error: AppError, asked: Asked): Answer {
  const { code, status, message, fields } = error;
  const common = {
    status: String(status),
    code,
    title: errorCodes[code].title,
    links: { type: `${asked.base}/docs/errors#${code}` },
  };
  const errors = fields.map((field) => ({ ...common, ...ofField(field, asked) }));
  return {
    status,
    contentType: jsonApiType,
    body: JSON.stringify({
      jsonapi: { version: "1.1" },
      errors: errors.length > 0 ? errors : [{ ...common, detail: message }],
    }),
    headers: [...problemAnswer(error, asked.base).headers, "vary", "Accept"],
  };
}

function ofField({ field, rule, message, allowed, key }: FieldError, asked: Asked) {
  const source = sourceOf(field, asked);
  const meta = {
    rule,
    ...(source === null && { field }),
    ...(allowed && { allowed }),
    ...(key !== undefined && { key }),
  };
  return { detail: message, ...(source && { source }), meta };
}

const headerNames: readonly string[] = ["Idempotency-Key", "If-Match", "Prefer", "Gantry-Act-As"];
/** Parameters that a request may have been refused for not having. */
const wantedParameters: readonly string[] = ["by", "max-affected", "filter"];

type Source = { readonly parameter: string } | { readonly pointer: string } | { readonly header: string };

function sourceOf(field: string, { parameters, entity }: Asked): Source | null {
  if (field === "" || field.startsWith("/")) return { pointer: field };
  const parameter = parameters.get(field) ?? (wantedParameters.includes(field) ? field : undefined);
  if (parameter !== undefined) return { parameter };
  if (headerNames.includes(field)) return { header: field };
  return entity && field !== "path" ? { pointer: pointerOf(field, entity) } : null;
}

/** `title`, `address.city`, `companyId`, `tags.3`: where the document has what plain REST calls so. */
function pointerOf(field: string, entity: Entity): string {
  const [name = "", ...rest] = field.split(".");
  const within = rest.map(pointerPart);
  if (name === "id") return "/data/id";
  if (name === "ids") return ["/data", ...within].join("/");
  const relationship = entity.fields.get(name)?.reference?.name ?? (entity.relationships.has(name) ? name : null);
  if (relationship !== null) return ["/data/relationships", relationship, "data", ...within].join("/");
  return ["/data/attributes", pointerPart(memberOf(entity, name)), ...within].join("/");
}
