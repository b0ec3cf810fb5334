import { AppError } from "#lib/errors/AppError.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import type { AppRequest } from "../http/AppRequest.ts";

const accepted = /(?:^|[\s,])(?:\*\/\*|application\/(?:\*|json|problem\+json))/;

/** JSON is all there is; a request that will take none is refused before anything is done. */
export function checkAccept(accept: string | undefined): void {
  if (accept === undefined || accept === "*/*" || accepted.test(accept)) return;
  throw new AppError("not_acceptable", "This API answers application/json.");
}

const jsonTypes = new Set(["application/json", "application/merge-patch+json"]);

/** The body as a JSON value whose numbers keep their digits. */
export async function readJsonBody(request: AppRequest): Promise<unknown> {
  checkType(request);
  return parse(await request.body());
}

/** The same; a request without a body gives an empty object. */
export async function readOptionalBody(request: AppRequest): Promise<unknown> {
  const text = await request.body();
  if (text === "") return {};
  checkType(request);
  return parse(text);
}

function checkType({ headers }: AppRequest): void {
  const [type = ""] = (headers["content-type"] ?? "").split(";", 1);
  if (jsonTypes.has(type.trim().toLowerCase())) return;
  throw new AppError("unsupported_media_type", "Send the body as application/json.");
}

function parse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (cause) {
    throw new AppError("invalid_request", "The body is not valid JSON.", { cause });
  }
}
