import { AppError } from "../../errors/AppError.ts";
import type { Catalog, Entity } from "../catalog/Catalog.ts";
import { fieldAt } from "../catalog/fieldAt.ts";
import type { OrderTerm } from "../types.ts";
import { canonicalValue } from "../values/canonicalValue.ts";

/** A cursor is base64url of a JSON list: the version, the signature of the order, then one text or null per order term. */
export const cursorVersion = "1";

/** Tells cursors of different orders and resources apart; 32 bits of FNV-1a, since nothing is kept secret by it. */
export function orderSignature(resource: string, order: readonly OrderTerm[]): string {
  let hash = 0x811c9dc5;
  for (const character of `${resource}:${order.map(printTerm).join()}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

const printTerm = ({ path, descending }: OrderTerm) => `${descending ? "-" : ""}${path.join(".")}`;

export interface CursorContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  readonly order: readonly OrderTerm[];
  /** The caller's name of the place it came from, such as `page[after]`. */
  readonly field: string;
}

/** The values of a cursor, one per order term, canonical. Refuses what was not made for this order. */
export function readCursor(text: string, { catalog, entity, order, field }: CursorContext): readonly (string | null)[] {
  const parts = decode(text);
  const [version, signature, ...values] = parts ?? [];
  if (version !== cursorVersion || values.length !== order.length) throw notACursor(field);
  if (signature !== orderSignature(entity.name, order)) {
    const message = "This cursor belongs to another list or another sort order. Start again from the first page.";
    throw new AppError("invalid_cursor", message, { fields: [{ field, rule: "cursor", message }] });
  }
  return order.map((term, index) => {
    const value = values[index] ?? null;
    if (value === null) return null;
    const canonical = canonicalValue(fieldAt(catalog, entity, term.path).type, value);
    if (canonical === null) throw notACursor(field);
    return canonical;
  });
}

function notACursor(field: string): AppError {
  const message = "This is no cursor of this API. Take one from `page.next` or `page.previous` as it is.";
  return new AppError("invalid_cursor", message, { fields: [{ field, rule: "cursor", message }] });
}

function decode(text: string): readonly (string | null)[] | null {
  if (text.length > 20_000 || !/^[A-Za-z0-9_-]+$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const parts: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!Array.isArray(parts)) return null;
    return parts.every((part) => part === null || typeof part === "string") ? parts : null;
  } catch {
    return null;
  }
}
