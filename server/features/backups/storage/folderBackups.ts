import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "#lib/errors/AppError.ts";
import type { BackupStore } from "./BackupStore.ts";

/** Keeps backups as files. What is being written has another name until all of it is on the disk. */
export function folderBackups(folder: string): BackupStore {
  const place = (key: string) => {
    if (!/^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_.-]+)*$/.test(key) || key.includes("..")) throw new Error("This is no key.");
    return join(folder, key);
  };
  return {
    async write(key, content) {
      const path = place(key);
      const draft = `${path}.part`;
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await pipeline(Readable.from(content, { objectMode: true }), createWriteStream(draft, { mode: 0o600 }));
        await sync(draft);
        const { size } = await stat(draft);
        await rename(draft, path);
        await sync(dirname(path));
        return size;
      } catch (error) {
        await rm(draft, { force: true });
        throw explained(error);
      }
    },
    async read(key) {
      const path = place(key);
      const found = await stat(path).catch(() => null);
      return found?.isFile() ? createReadStream(path) : null;
    },
    async remove(key) {
      for (const path of [place(key), `${place(key)}.part`]) await rm(path, { force: true });
    },
  };
}

/** Takes away what is below it of projects that are gone; their ids are the names of its folders. */
export async function sweepFolder(folder: string, isThere: (project: string) => Promise<boolean>): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (/^[0-9a-f-]{36}$/.test(name) && !(await isThere(name))) await rm(join(folder, name), { recursive: true });
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function explained(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new AppError("unavailable", "The disk for backups is full. Delete old ones, or choose another storage.", {
      cause: error,
    });
  }
  if (/^E(?:ACCES|ROFS|PERM|NOTDIR|EXIST|IO)$/.test(code)) {
    return new AppError("unavailable", "The folder for backups cannot be written to.", { cause: error });
  }
  return error;
}
