import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { AppError } from "#lib/errors/AppError.ts";
import { ByteReader } from "../format/ByteReader.ts";
import type { BackupStore } from "./BackupStore.ts";
import { type S3Place, s3Requests } from "./s3Requests.ts";

/** What services take: parts of at least 5 MiB, all but the last of one size, and at most 10,000 of them. */
const smallestPart = 8 * 1024 * 1024;
const mostParts = 10_000;

/** Keeps backups in S3-compatible storage; one that does not fit into a part is sent in several, and is there at the end. */
export function s3Backups(place: S3Place, partSize = smallestPart): BackupStore {
  const request = s3Requests(place);

  async function call(...given: Parameters<typeof request>): Promise<IncomingMessage> {
    return await accepted(await request(...given));
  }

  async function abortUploads(key: string): Promise<void> {
    const response = await request({ method: "GET", key: "", query: { uploads: "", prefix: key } });
    const listed = await text(response);
    // Who may not list them is not helped by an error: services end them by a rule of the bucket.
    if (response.statusCode !== 200) return;
    for (const [upload] of listed.matchAll(/<Upload>.*?<\/Upload>/gs)) {
      const [, found] = /<Key>([^<]+)<\/Key>/.exec(upload) ?? [];
      const [, uploadId] = /<UploadId>([^<]+)<\/UploadId>/.exec(upload) ?? [];
      if (found !== key || uploadId === undefined) continue;
      (await request({ method: "DELETE", key, query: { uploadId } })).resume();
    }
  }

  async function sendPart(key: string, part: Buffer, query: Readonly<Record<string, string>>): Promise<string> {
    const checksum = createHash("sha256").update(part).digest("hex");
    const response = await call({ method: "PUT", key, query, body: part, checksum });
    response.resume();
    return String(response.headers.etag ?? "");
  }

  async function sendParts(key: string, first: Buffer, rest: ByteReader): Promise<number> {
    const begun = await text(await call({ method: "POST", key, query: { uploads: "" } }));
    const [, uploadId] = /<UploadId>([^<]+)<\/UploadId>/.exec(begun) ?? [];
    if (uploadId === undefined) throw notUnderstood(`no upload in ${begun.slice(0, 200)}`);
    const tags: string[] = [];
    let size = 0;
    for (let part: Buffer | null = first; part && part.length > 0; part = await nextPart(rest, first.length)) {
      if (tags.length === mostParts) throw new AppError("unavailable", "The backup is larger than the storage takes.");
      tags.push(await sendPart(key, part, { partNumber: String(tags.length + 1), uploadId }));
      size += part.length;
    }
    const parts = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`);
    const body = Buffer.from(`<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`);
    const completed = await text(await call({ method: "POST", key, query: { uploadId }, body }));
    // It may say so with status 200, having begun to answer before it was done.
    if (/<Error>/.test(completed)) throw notUnderstood(completed.slice(0, 300));
    return size;
  }

  return {
    async write(key, content, { expected = 0 } = {}) {
      const size = Math.max(partSize, Math.ceil(expected / (mostParts * 0.9)));
      const reader = new ByteReader(content);
      try {
        const first = await reader.take(size);
        if (first && !(await reader.isAtEnd())) return await sendParts(key, first, reader);
        const whole = first ?? (await reader.rest());
        await sendPart(key, whole, {});
        return whole.length;
      } catch (error) {
        await abortUploads(key).catch(() => {});
        throw error;
      } finally {
        await reader.close();
      }
    },
    async read(key) {
      const response = await request({ method: "GET", key });
      if (response.statusCode !== 404) return await accepted(response);
      response.resume();
      return null;
    },
    async remove(key) {
      const response = await request({ method: "DELETE", key });
      if (response.statusCode === 404) response.resume();
      else (await accepted(response)).resume();
      await abortUploads(key);
    },
  };
}

async function nextPart(reader: ByteReader, size: number): Promise<Buffer | null> {
  return (await reader.take(size)) ?? (await reader.rest());
}

async function accepted(response: IncomingMessage): Promise<IncomingMessage> {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return response;
  const said = (await text(response)).slice(0, 300);
  const cause = new Error(`The storage answered ${status}: ${said}`);
  if (status === 403 || status === 401) {
    throw new AppError("unavailable", "The storage does not take this key. Check the key, the bucket and the region.", {
      cause,
    });
  }
  if (status === 404) throw new AppError("unavailable", "The storage has no such bucket. Check its name.", { cause });
  throw new AppError("unavailable", "The storage for backups does not work as it should. Try again later.", { cause });
}

function notUnderstood(answer: string): AppError {
  const cause = new Error(`The storage answered ${answer}`);
  return new AppError("unavailable", "The storage for backups does not work as it should. Try again later.", { cause });
}
