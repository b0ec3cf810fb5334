import type { Answer } from "./Answer.ts";

/** Bytes of an answer's body; null where only its stream will know. */
export function answerBytes({ body, stream, length }: Answer, method: string | undefined): number | null {
  if (method === "HEAD" || stream === null) return 0;
  if (length !== undefined) return length;
  if (stream !== undefined) return null;
  if (body === null) return 0;
  return typeof body === "string" ? Buffer.byteLength(body) : body.length;
}
