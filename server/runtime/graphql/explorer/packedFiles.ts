import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** GraphiQL's files by their names, compressed by gzip. */
export type PackedFiles = Readonly<Record<string, Uint8Array>>;

let packed: Promise<PackedFiles> | null = null;

/** Packs them when they are first asked for, off the thread that serves; most runtimes never need them. */
export function packedFiles(): Promise<PackedFiles> {
  packed ??= pack().catch((error: unknown) => {
    packed = null;
    throw error;
  });
  return packed;
}

async function pack(): Promise<PackedFiles> {
  const worker = new Worker(new URL("./packWorker.ts", import.meta.url));
  try {
    const [files] = await once(worker, "message");
    return files as PackedFiles;
  } finally {
    await worker.terminate();
  }
}
