import { pipeline, Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import { AppError } from "#lib/errors/AppError.ts";
import { limitedBody } from "../../../http/limitBody.ts";

/**
 * The body as it was before the client compressed it, chunk by chunk. Fails with `payload_too_large` as soon as either
 * form exceeds `max` bytes, and with `invalid_request` where it is not what Content-Encoding says.
 */
export async function* requestBody(request: Request, max: number): AsyncGenerator<Uint8Array> {
  const body = limitedBody(request, max);
  if (!body) return;
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity") return yield* body;
  if (encoding !== "gzip" && encoding !== "x-gzip") {
    throw new AppError("unsupported_media_type", "Send the body plain or with Content-Encoding: gzip.");
  }
  yield* inflate(body, max);
}

/**
 * By a stream of Node's own: the web's DecompressionStream goes on writing into a reader that has left (Node 24), and
 * that error reaches nobody but the process.
 */
async function* inflate(body: ReadableStream<Uint8Array>, max: number): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // Whatever fails, the one who reads below is told.
  pipeline(Readable.fromWeb(body as NodeReadableStream<Uint8Array>), gunzip, () => {});
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > max) throw new AppError("payload_too_large", `Send at most ${Math.floor(max / 1024 / 1024)} MB.`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid_request", "The body is not the gzip that Content-Encoding says.", { cause: error });
  }
}
