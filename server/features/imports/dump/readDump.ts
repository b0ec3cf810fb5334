import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { refusal } from "../refusal.ts";
import { encodingOf } from "./encoding.ts";
import { foreignFormat } from "./foreignFormat.ts";

const headBytes = 64 * 1024;
const chunkBytes = 1024 * 1024;

export interface DumpLimits {
  /** Of the text, after it was decompressed. */
  readonly maxBytes: number;
}

/** The text of a dump as a stream, whatever its encoding; gzip is undone. Throws a sentence for what is no SQL dump. */
export async function* readDump(
  path: string,
  { maxBytes, onBytes = () => {} }: DumpLimits & { readonly onBytes?: (bytes: number) => void },
): AsyncGenerator<string> {
  const file = createReadStream(path, { highWaterMark: chunkBytes });
  let read = 0;
  let decoder: TextDecoder | undefined;
  try {
    for await (const { head, chunk } of withHead(decompressed(file))) {
      decoder ??= decoderFor(head);
      read += chunk.length;
      if (read > maxBytes)
        throw refusal(
          `The dump has more than ${megabytes(maxBytes)} MB of text. Import a smaller one, or connect to the database.`,
        );
      onBytes(file.bytesRead);
      yield decode(decoder, chunk);
    }
    if (decoder) yield decode(decoder);
  } finally {
    file.destroy();
  }
}

function decoderFor(head: Buffer): TextDecoder {
  const problem = foreignFormat(head);
  if (problem !== null) throw refusal(problem);
  return new TextDecoder(encodingOf(head), { fatal: true });
}

function decode(decoder: TextDecoder, chunk?: Buffer): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw refusal(
      `The dump's text is not ${decoder.encoding.toUpperCase()}. Make it anew with pg_dump --encoding=UTF8.`,
      cause,
    );
  }
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}

async function* decompressed(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = file[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) throw refusal("The dump is empty.");
  const all = (async function* () {
    yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  })();
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (!isGzip) return yield* all;
  yield* gunzip(all);
}

async function* gunzip(compressed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unzip = createGunzip({ chunkSize: chunkBytes });
  const feeding = (async () => {
    for await (const chunk of compressed) {
      if (!unzip.write(chunk)) await new Promise<void>((resolve) => unzip.once("drain", resolve));
    }
    unzip.end();
  })();
  feeding.catch((error) => unzip.destroy(error));
  try {
    for await (const chunk of unzip) yield chunk;
    await feeding;
  } catch (cause) {
    throw refusal("The compressed dump is damaged or cut off. Send it again.", cause);
  } finally {
    unzip.destroy();
  }
}

/** Gathers the beginning, by which a file is recognised, before it hands on the first chunk. */
async function* withHead(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly head: Buffer; readonly chunk: Buffer }> {
  let head = Buffer.alloc(0);
  let complete = false;
  for await (const chunk of chunks) {
    if (complete) yield { head, chunk };
    else {
      head = Buffer.concat([head, chunk]);
      complete = head.length >= headBytes;
      if (complete) yield { head, chunk: head };
    }
  }
  if (!complete && head.length > 0) yield { head, chunk: head };
}
