import { hash } from "node:crypto";
import type { Answer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { sameTag } from "./sameTag.ts";

/**
 * The answer with a weak ETag of its bytes, for whoever asks for one by `If-None-Match` (`""` where he has none yet); 304
 * where he has these bytes already. Others do not pay for the digest.
 */
export function withBodyTag(answer: Answer, { method, headers }: Pick<AppRequest, "method" | "headers">): Answer {
  const known = headers["if-none-match"];
  if (known === undefined || (method !== "GET" && method !== "HEAD")) return answer;
  if (answer.status !== 200 || answer.body === null || answer.headers.includes("etag")) return answer;
  const tag = `W/"${hash("sha256", answer.body, "base64url").slice(0, 27)}"`;
  const all = [...answer.headers, "etag", tag];
  const isKnown = known.split(",").some((each) => sameTag(each, tag));
  return isKnown ? { status: 304, contentType: null, body: null, headers: all } : { ...answer, headers: all };
}
