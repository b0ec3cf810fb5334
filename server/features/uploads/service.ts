import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { z } from "zod";
import { AppError } from "#lib/errors/AppError.ts";
import { env } from "../../env.ts";

/** Bytes of one upload. */
export const largestUpload = 100 * 1024 * 1024;

const mostWaiting = 5;
const keptFor = 24 * 3600 * 1000;
const uuid = z.uuid();

/**
 * Streams a file to the data folder, where it waits a day at most for whoever sent it to use it.
 * A stream that breaks off leaves nothing behind.
 */
export async function storeUpload(userId: string, body: ReadableStream<Uint8Array>): Promise<{ uploadId: string }> {
  const folder = folderOf(userId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOld();
  if ((await readdir(folder)).length >= mostWaiting) {
    throw new AppError("conflict", "Several of your files are still waiting. Use them, or try again tomorrow.");
  }
  const uploadId = crypto.randomUUID();
  const part = join(folder, `${uploadId}.part`);
  try {
    // The web's and Node's declarations of one and the same stream differ.
    await pipeline(
      Readable.fromWeb(body as NodeReadableStream<Uint8Array>),
      createWriteStream(part, { flags: "wx", mode: 0o600 }),
    );
    if ((await stat(part)).size === 0) throw new AppError("invalid_input", "The file is empty. Choose another.");
    await rename(part, join(folder, uploadId));
    return { uploadId };
  } catch (error) {
    await rm(part, { force: true });
    if (isFull(error)) throw new AppError("unavailable", "There is no room left to keep the file.", { cause: error });
    throw error;
  }
}

/** Where the file is. Throws `not_found` when there is none of that person: it was used, or a day is over. */
export async function uploadPath(uploadId: string, userId: string): Promise<string> {
  if (uuid.safeParse(uploadId).success) {
    const path = join(folderOf(userId), uploadId);
    const found = await stat(path).catch(() => null);
    if (found?.isFile()) return path;
  }
  throw new AppError("not_found", "The file that was sent is no longer here. Send it again.");
}

/** Calling it again is no error. */
export async function removeUpload(uploadId: string, userId: string): Promise<void> {
  if (uuid.safeParse(uploadId).success) await rm(join(folderOf(userId), uploadId), { force: true });
}

function uploadsFolder(): string {
  return join(resolve(env().GANTRY_DATA), "uploads");
}

function folderOf(userId: string): string {
  return join(uploadsFolder(), uuid.parse(userId));
}

/** Everybody's, because who sent them may never come again. */
async function removeOld(): Promise<void> {
  for (const entry of await readdir(uploadsFolder(), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const found = entry.isFile() ? await stat(path).catch(() => null) : null;
    if (found && found.mtimeMs < Date.now() - keptFor) await rm(path, { force: true });
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
