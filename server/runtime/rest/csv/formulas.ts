import { AppError } from "#lib/errors/AppError.ts";
import type { AttributeType } from "#lib/model/types.ts";

/** What spreadsheets take for a formula, which may send what else is in the sheet elsewhere. */
const formula = /^'*[=+\-@\t\r]/;
const escaped = /^'+[=+\-@\t\r]/;

/** Such a text with an apostrophe in front, which spreadsheets hide; a text that begins like that gets one more. */
export function escapeFormula(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The text that `escapeFormula` made this of. */
export function unescapeFormula(text: string): string {
  return escaped.test(text) ? text.slice(1) : text;
}

/** Whether values of a type are texts that people have written. */
export function mayHoldFormula({ kind }: AttributeType): boolean {
  switch (kind) {
    case "text":
    case "email":
    case "url":
    case "phone":
    case "sequence":
    case "encrypted":
      return true;
    default:
      return false;
  }
}

/** The parameter `formulas` of a query. */
export function readFormulas(text: string | undefined): boolean {
  if (text === undefined) return false;
  if (text === "escaped") return true;
  const message = "Give escaped or leave it out.";
  const fields = [{ field: "formulas", rule: "choice", message, allowed: ["escaped"] }];
  throw new AppError("invalid_request", message, { fields });
}
