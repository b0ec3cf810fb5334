import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { finished } from "node:stream/promises";

export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}

/** One JSON value a line, no faster than the disk takes them: for what may be long. */
export async function writeJsonLines(file: string, pages: AsyncIterable<readonly unknown[]>): Promise<void> {
  const stream = createWriteStream(file, { mode: 0o600 });
  try {
    for await (const page of pages) {
      for (const value of page) if (!stream.write(`${JSON.stringify(value)}\n`)) await once(stream, "drain");
    }
  } finally {
    stream.end();
    await finished(stream);
  }
}
