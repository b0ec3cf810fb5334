import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AwsClient } from "aws4fetch";
import { AppError } from "#lib/errors/AppError.ts";
import type { FileStore } from "./FileStore.ts";

export interface S3Options {
  /** Address of the service; the bucket is a segment of the path, which every S3-compatible one understands. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Of a list of keys; as many as the services give at once. */
const pageSize = 1000;

/** Keeps contents in S3-compatible storage. Their checksums are signed along, so that the service refuses what was altered. */
export function s3Store({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Options): FileStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 3 });
  const urlOf = (key: string) => `${endpoint.replace(/\/$/, "")}/${bucket}/${key}`;
  async function pageOf(prefix: string, after = ""): Promise<string> {
    const query = new URLSearchParams({ "list-type": "2", "max-keys": String(pageSize), prefix });
    if (after !== "") query.set("start-after", after);
    const response = await client.fetch(`${urlOf("").replace(/\/$/, "")}?${query}`);
    await expectStatus(response, [200]);
    return await response.text();
  }
  const listed = async (prefix: string) => keysIn(await pageOf(prefix));
  return {
    async put(key, file) {
      // Signed first: a stream could not be sent again.
      const headers = { "content-length": String(file.size), "x-amz-content-sha256": file.checksum };
      const signed = await client.sign(urlOf(key), { method: "PUT", headers });
      const body = Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>;
      const sent = { method: "PUT", headers: withLength(signed, file.size), body, duplex: "half" } as RequestInit;
      await expectStatus(await fetch(signed.url, sent), [200]);
    },
    async get(key, range) {
      const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const response = await client.fetch(urlOf(key), { headers });
      if (response.status === 404) {
        await response.body?.cancel();
        return null;
      }
      await expectStatus(response, [200, 206]);
      return response.body ? Readable.fromWeb(response.body as ReadableStream<Uint8Array>) : Readable.from([]);
    },
    async delete(key) {
      await expectStatus(await client.fetch(urlOf(key), { method: "DELETE" }), [200, 204, 404]);
    },
    async deleteFolder(name) {
      // What was listed is gone by the next time, so that no page has to be named.
      for (;;) {
        const keys = await listed(`${name}/`);
        for (const key of keys) await this.delete(key);
        if (keys.length < pageSize) return;
      }
    },
    async sizeOf(name) {
      let bytes = 0;
      for (let after = ""; ; ) {
        const page = await pageOf(`${name}/`, after);
        for (const [, size = ""] of page.matchAll(/<Size>(\d+)<\/Size>/g)) bytes += Number(size);
        const keys = keysIn(page);
        after = keys.at(-1) ?? "";
        if (keys.length < pageSize) return bytes;
      }
    },
  };
}

/** Keys are of our own making: nothing in them has to be written otherwise in XML. */
function keysIn(page: string): readonly string[] {
  return [...page.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
}

/** A length has to be told with a stream, or it would go out in chunks, which S3 does not take. */
function withLength(signed: Request, size: number): Record<string, string> {
  return { ...Object.fromEntries(signed.headers), "content-length": String(size) };
}

async function expectStatus(response: Response, statuses: readonly number[]): Promise<void> {
  if (statuses.includes(response.status)) {
    if (response.status !== 200 && response.status !== 206) await response.body?.cancel();
    return;
  }
  const cause = new Error(`The file storage answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  throw new AppError("unavailable", "The app's files cannot be reached. Try again in a moment.", { cause });
}
