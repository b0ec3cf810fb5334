import type { IncomingHttpHeaders } from "node:http";
import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import type { Answer } from "../../http/Answer.ts";
import { errorDocument } from "./errorDocument.ts";
import { formsOf } from "./negotiate.ts";

export interface Refused {
  readonly headers: IncomingHttpHeaders;
  readonly base: string;
  readonly model: Model;
}

/** The error of a request that never got as far as JSON:API, for whoever speaks it; null for others. */
export function refusalDocument(error: AppError, { headers, base, model }: Refused): Answer | null {
  if (!wantsDocument(headers, model.app.api?.format)) return null;
  return errorDocument(error, { parameters: new Map(), entity: null, base });
}

function wantsDocument(headers: IncomingHttpHeaders, usual: "jsonApi" | undefined): boolean {
  try {
    return formsOf(headers, usual).prints;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
