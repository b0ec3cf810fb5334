import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { AppError } from "#lib/errors/AppError.ts";

/** What wants to know of the reading of a body. */
export interface BodyWatch {
  /** It is wanted; `stalled` ends the reading. */
  begin(stalled: () => void): void;
  /** All of it is there. */
  end(): void;
}

/** The whole body as text; refuses one over the limit before it is read, where the length was told. */
export async function readBody(request: IncomingMessage, limit: number, watch?: BodyWatch): Promise<string> {
  const tooLarge = () => new AppError("payload_too_large", `Send at most ${limit} bytes at once.`);
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  if (request.headers["content-encoding"] !== undefined) {
    throw new AppError("unsupported_media_type", "Send the body without a content encoding.");
  }
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else {
      chunks.length = 0;
      reject(tooLarge());
    }
  });
  watch?.begin(() => reject(new AppError("invalid_request", "The body came too slowly.")));
  request.on("end", () => {
    watch?.end();
    resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  });
  const brokenOff = (cause?: Error) => {
    if (!request.complete) reject(new AppError("invalid_request", "The request broke off.", { cause }));
  };
  request.on("error", brokenOff);
  request.on("close", () => brokenOff());
  const body = await promise;
  if (!isUtf8(body)) throw new AppError("invalid_request", "Send the body as UTF-8.");
  return body.toString("utf8");
}
