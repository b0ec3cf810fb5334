import { AppError } from "#lib/errors/AppError.ts";
import { type Answer, jsonAnswer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";
import { jwksAnswer } from "./routes/jwks.ts";
import { signingAlgorithm } from "./tokens/SigningKeys.ts";
import type { Users } from "./Users.ts";

/** Where programs that are given the issuer of a token alone look for the keys that it is signed with. */
export async function wellKnown(users: Users, { path, method, url }: AppRequest): Promise<Answer> {
  if (path !== "/.well-known/openid-configuration" && path !== "/.well-known/jwks.json") {
    throw new AppError("not_found", "There is nothing at this path.");
  }
  if (method !== "GET" && method !== "HEAD") throw new MethodError(["GET", "OPTIONS"]);
  if (path.endsWith("jwks.json")) return jwksAnswer(users);
  const found = {
    issuer: url,
    jwks_uri: `${url}/auth/jwks`,
    id_token_signing_alg_values_supported: [signingAlgorithm],
    response_types_supported: [],
    subject_types_supported: ["public"],
  };
  return jsonAnswer(200, JSON.stringify(found), ["cache-control", "public, max-age=600"]);
}
