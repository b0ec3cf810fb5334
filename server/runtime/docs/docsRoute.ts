import { AppError } from "#lib/errors/AppError.ts";
import type { Answer } from "../http/Answer.ts";
import { docsAsset, docsPolicy } from "./docsAsset.ts";
import { errorsPage } from "./errorsPage.ts";

/** `/docs` and what belongs to it: the same for every app, and open, since it tells nothing of any. */
export function docsRoute(path: string): Answer {
  const asset = path === "/docs/errors" ? errorsPage : docsAsset(path);
  if (!asset) throw new AppError("not_found", "The documentation has no such page.");
  return {
    status: 200,
    contentType: asset.contentType,
    body: asset.body,
    headers: ["content-security-policy", docsPolicy, "cache-control", "no-cache"],
  };
}
