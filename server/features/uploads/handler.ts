import { AppError } from "#lib/errors/AppError.ts";
import { principalOfCookies } from "../../auth/session.ts";
import { database } from "../../database.ts";
import { answering } from "../../http/answering.ts";
import { cookiesOf } from "../../http/cookiesOf.ts";
import { limitedBody } from "../../http/limitBody.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { requireSameOrigin } from "../../http/sameOrigin.ts";
import { largestUpload, storeUpload } from "./service.ts";

/** Takes a file as the bare body and answers 201 `{uploadId}`, by which it may be used within a day. */
export const handleUpload = answering(async (request: Request): Promise<Response> => {
  requireSameOrigin(request);
  const who = await principalOfCookies(cookiesOf(request.headers));
  if (!who) throw new AppError("unauthenticated", "Sign in to send a file.");
  if (request.headers.get("content-type") !== "application/octet-stream") {
    throw new AppError("unsupported_media_type", "Send the file itself as application/octet-stream.");
  }
  const body = limitedBody(request, largestUpload);
  if (!body) throw new AppError("invalid_input", "The file is empty. Choose another.");
  await countTry(database(), [limitOf("upload", who.user.id)]);
  return Response.json(await storeUpload(who.user.id, body), { status: 201, headers: { "cache-control": "no-store" } });
});
