import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileStore } from "./FileStore.ts";

/** Keeps contents as files in a folder. */
export function folderStore(folder: string): FileStore {
  const place = (key: string) => {
    if (!/^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)*$/.test(key)) throw new Error("This is no key of a file.");
    return join(folder, key);
  };
  return {
    async put(key, file) {
      const path = place(key);
      const draft = `${path}.part`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await copyFile(file.path, draft);
        await sync(draft);
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await sync(dirname(path));
    },
    async get(key, range) {
      const path = place(key);
      const found = await stat(path).catch(() => null);
      return found?.isFile() ? createReadStream(path, range ?? {}) : null;
    },
    async delete(key) {
      await rm(place(key), { force: true });
    },
    async deleteFolder(name) {
      await rm(place(name), { recursive: true, force: true });
    },
    async sizeOf(name) {
      const root = place(name);
      const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
      let bytes = 0;
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        // What goes in the meantime is not there any more.
        const found = await stat(join(entry.parentPath, entry.name)).catch(() => null);
        bytes += found?.size ?? 0;
      }
      return bytes;
    },
  };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
