import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Sources } from "#lib/model/sources.ts";
import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";
import { tryGit } from "./runGit.ts";

/** In bytes; what is larger is no text that the model is made of. */
const largestFile = 1 << 20;
const passedOver = new Set(["node_modules", ".git", ".gantry"]);

/** The text files of an app's folder as they stand, without what git ignores. Throws where there is no app. */
export async function readFolder(folder: string): Promise<Sources> {
  const files: Record<string, string> = {};
  for (const path of (await listed(folder)).sort()) {
    const full = join(folder, path);
    const found = await stat(full).catch(() => null);
    if (!found?.isFile() || found.size > largestFile) continue;
    const text = asText(await readFile(full));
    if (text !== null) files[path] = text;
  }
  if (files["gantry.config.ts"] !== undefined) return files;
  throw new CliFailure("This folder holds no app: there is no gantry.config.ts. Go to one, or make one: gantry init.", {
    exit: exitCodes.usage,
    code: "no_app",
  });
}

async function listed(folder: string): Promise<string[]> {
  const { code, output } = await tryGit(["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { folder });
  if (code === 0) return [...new Set(output.split("\0").filter((path) => path !== ""))];
  const all = await readdir(folder, { recursive: true });
  return all
    .map((path) => path.split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => passedOver.has(part)));
}

function asText(content: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return null;
  }
}
