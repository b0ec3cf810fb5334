import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "#lib/errors/AppError.ts";
import type { ArrivedFile } from "./FileStore.ts";

/** Writes what arrives to a temporary file, which is gone when the work with it ends, whatever comes. */
export async function receiveFile<Result>(
  content: Readable,
  maxSize: number,
  work: (file: ArrivedFile) => Promise<Result>,
): Promise<Result> {
  const folder = join(tmpdir(), "gantry-uploads");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const digest = createHash("sha256");
  let size = 0;
  try {
    await pipeline(
      content,
      async function* limited(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          if (size > maxSize) throw tooLarge(maxSize);
          digest.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    );
    return await work({ path, size, checksum: digest.digest("hex") });
  } catch (error) {
    if (error instanceof AppError || !isBrokenOff(error)) throw error;
    throw new AppError("invalid_request", "The request broke off.", { cause: error });
  } finally {
    await rm(path, { force: true });
  }
}

export function tooLarge(maxSize: number): AppError {
  return new AppError("payload_too_large", `Send at most ${maxSize} bytes.`);
}

function isBrokenOff(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE";
}
