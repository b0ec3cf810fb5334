import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import { damagedBackup } from "./damagedBackup.ts";
import type { Manifest } from "./Manifest.ts";
import { type BackupRecord, printRecords, readRecords } from "./records.ts";
import { type BackupHeader, openChunks, sealChunks } from "./sealedChunks.ts";

/** Records as a file: framed, compressed, encrypted; no faster than it is taken. */
export function writeBackupFile(
  records: AsyncIterable<BackupRecord>,
  sealing: { readonly header: BackupHeader; readonly key: Buffer },
): AsyncIterable<Buffer> {
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  // An error of the records ends the reading of what is compressed with that same error.
  const compressed = pipeline(Readable.from(printRecords(records), { objectMode: true }), compress, () => {});
  return sealChunks(compressed, sealing);
}

export interface OpenedBackup {
  readonly header: BackupHeader;
  /** In order and whole: throws where anything is not as it was written, at the latest at the end. */
  readonly read: (key: Buffer) => AsyncGenerator<CheckedRecord, void>;
}

/** A record with the table that it belongs to. */
export type CheckedRecord = BackupRecord & { readonly manifest: Manifest };

export async function openBackupFile(file: AsyncIterable<Uint8Array>): Promise<OpenedBackup> {
  const { header, content } = await openChunks(file);
  return { header, read: (key) => checked(readRecords(decompressed(content(key)))) };
}

async function* decompressed(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  const pieces = pipeline(Readable.from(content, { objectMode: true }), createZstdDecompress(), () => {});
  try {
    for await (const piece of pieces) yield piece as Buffer;
  } catch (error) {
    if (error instanceof Error && "code" in error && /^ZSTD|^ERR_|^Z_/.test(String(error.code))) {
      throw damagedBackup("its content is not whole", error);
    }
    throw error;
  }
}

/** Counts along, so that rows that are missing or were changed are found. */
async function* checked(records: AsyncIterable<BackupRecord>): AsyncGenerator<CheckedRecord, void> {
  let manifest: Manifest | null = null;
  let next = 0;
  let total = 0;
  let hash = createHash("sha256");
  let isOpen = false;
  const expect = (isRight: boolean) => {
    if (!isRight) throw damagedBackup("its parts are not in their order");
  };
  for await (const record of records) {
    if (record.kind === "manifest") {
      expect(manifest === null);
      manifest = record.manifest;
    }
    if (manifest === null) throw damagedBackup("its parts are not in their order");
    switch (record.kind) {
      case "manifest":
        break;
      case "table":
        expect(!isOpen && record.index === next && record.index < manifest.tables.length);
        isOpen = true;
        next += 1;
        hash = createHash("sha256");
        break;
      case "rows":
        expect(isOpen);
        hash.update(record.bytes);
        break;
      case "tableEnd":
        expect(isOpen);
        if (hash.digest("hex") !== record.sha256) throw damagedBackup("rows of it were changed");
        isOpen = false;
        total += record.rows;
        break;
      case "end":
        expect(!isOpen && next === manifest.tables.length && record.tables === next);
        if (record.rows !== total) throw damagedBackup("rows of it are missing");
    }
    yield { ...record, manifest };
  }
}
