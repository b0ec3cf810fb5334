import { createCipheriv, createDecipheriv } from "node:crypto";
import { ByteReader } from "./ByteReader.ts";
import { damagedBackup } from "./damagedBackup.ts";

/**
 * The outer layer of a backup (docs/operations/backups.md): a line that names the format, a header that anybody may
 * read, and the content in chunks of AES-256-GCM. Each chunk's nonce holds its number and whether it is the last one, and
 * the header is authenticated with each: chunks that are altered, left out, put elsewhere or cut off are found.
 */
const magic = Buffer.from("GANTRY BACKUP 1\n");
const chunkSize = 64 * 1024;
const largestHeader = 64 * 1024;
const tagLength = 16;
const lastFlag = 0x8000_0000;

/** What is not encrypted: by which key the content is, itself encrypted with the installation's. */
export interface BackupHeader {
  readonly backup: string;
  readonly keySealed: string;
}

/** The whole file, in pieces. `key` is 32 bytes, and of this backup alone: no two contents share one. */
export async function* sealChunks(
  content: AsyncIterable<Uint8Array>,
  { header, key }: { readonly header: BackupHeader; readonly key: Buffer },
): AsyncGenerator<Buffer, void> {
  const head = headOf(Buffer.from(JSON.stringify(header)));
  yield head;
  const reader = new ByteReader(content);
  try {
    for (let number = 0; ; number += 1) {
      const chunk = await reader.take(chunkSize);
      if (chunk && !(await reader.isAtEnd())) yield sealed(chunk, { key, head, number, isLast: false });
      else {
        // What is left is less than a chunk, or a whole one with which the content ends.
        yield sealed(chunk ?? (await reader.rest()), { key, head, number, isLast: true });
        return;
      }
    }
  } finally {
    await reader.close();
  }
}

function headOf(json: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([magic, length, json]);
}

interface ChunkPlace {
  readonly key: Buffer;
  readonly head: Buffer;
  readonly number: number;
  readonly isLast: boolean;
}

function sealed(chunk: Buffer, { key, head, number, isLast }: ChunkPlace): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, isLast));
  cipher.setAAD(head);
  const ciphertext = Buffer.concat([cipher.update(chunk), cipher.final()]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE((isLast ? lastFlag : 0) + chunk.length);
  return Buffer.concat([length, ciphertext, cipher.getAuthTag()]);
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number));
  nonce.writeUInt32BE(isLast ? 1 : 0, 8);
  return nonce;
}

/** A file that was opened: its header, and its content as far as it is asked for. */
export interface OpenedChunks {
  readonly header: BackupHeader;
  /** Throws where something is not as it was written. */
  readonly content: (key: Buffer) => AsyncGenerator<Buffer, void>;
}

export async function openChunks(file: AsyncIterable<Uint8Array>): Promise<OpenedChunks> {
  const reader = new ByteReader(file);
  try {
    const start = await reader.take(magic.length + 4);
    if (!start?.subarray(0, magic.length).equals(magic)) throw damagedBackup("it is no backup of this format");
    const length = start.readUInt32BE(magic.length);
    const json = length > largestHeader ? null : await reader.take(length);
    if (!json) throw damagedBackup("it ends too early");
    return { header: readHeader(json), content: (key) => openEach(reader, key, Buffer.concat([start, json])) };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

function readHeader(json: Buffer): BackupHeader {
  try {
    const { backup, keySealed } = JSON.parse(json.toString("utf8")) as Partial<BackupHeader>;
    if (typeof backup === "string" && typeof keySealed === "string") return { backup, keySealed };
  } catch {
    // Said below.
  }
  throw damagedBackup("its header is not whole");
}

async function* openEach(reader: ByteReader, key: Buffer, head: Buffer): AsyncGenerator<Buffer, void> {
  try {
    for (let number = 0; ; number += 1) {
      const start = await reader.take(4);
      const told = start?.readUInt32BE() ?? 0;
      const isLast = told >= lastFlag;
      const length = isLast ? told - lastFlag : told;
      const body = start && length <= chunkSize ? await reader.take(length + tagLength) : null;
      if (!body) throw damagedBackup("it ends too early, or was altered");
      yield opened(body, { key, head, number, isLast });
      if (!isLast) continue;
      if (!(await reader.isAtEnd())) throw damagedBackup("something was added to it");
      return;
    }
  } finally {
    await reader.close();
  }
}

function opened(body: Buffer, { key, head, number, isLast }: ChunkPlace): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, isLast));
  decipher.setAAD(head);
  decipher.setAuthTag(body.subarray(body.length - tagLength));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, body.length - tagLength)), decipher.final()]);
  } catch (cause) {
    throw damagedBackup("it was altered, or belongs to another key", cause);
  }
}
