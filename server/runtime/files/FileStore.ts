import type { Readable } from "node:stream";

/** Where the contents of files are kept, by keys of our own making: letters, digits, hyphens and slashes. */
export interface FileStore {
  /** Takes over a file that has arrived as a whole. Either all of it is there afterwards, or nothing. */
  put(key: string, file: ArrivedFile): Promise<void>;
  /** The content, or the bytes of a range of it; null when there is none. */
  get(key: string, range?: ByteRange): Promise<Readable | null>;
  /** What is not there is taken as deleted. */
  delete(key: string): Promise<void>;
  /** Deletes all that is in a folder: everything whose key begins with its name and a slash. */
  deleteFolder(name: string): Promise<void>;
  /** Bytes of everything in a folder. */
  sizeOf(name: string): Promise<number>;
}

/** A file in a temporary place; whoever made it removes it. */
export interface ArrivedFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256 in hex. */
  readonly checksum: string;
}

/** Both ends are part of it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
