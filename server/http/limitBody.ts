import { AppError } from "#lib/errors/AppError.ts";

/** The body as a stream that fails with `payload_too_large` as soon as it exceeds `max` bytes, declared or not. */
export function limitedBody(request: Request, max: number): ReadableStream<Uint8Array> | null {
  const tooLarge = new AppError("payload_too_large", `Send at most ${shownSize(max)}.`);
  if (Number(request.headers.get("content-length") ?? 0) > max) throw tooLarge;
  let seen = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > max) controller.error(tooLarge);
      else controller.enqueue(chunk);
    },
  });
  return request.body?.pipeThrough(count) ?? null;
}

/** The whole body as text. */
export async function limitedText(request: Request, max: number): Promise<string> {
  return await new Response(limitedBody(request, max)).text();
}

function shownSize(bytes: number): string {
  const mega = 1024 * 1024;
  return bytes >= mega ? `${Math.floor(bytes / mega)} MB` : `${Math.floor(bytes / 1024)} KB`;
}
