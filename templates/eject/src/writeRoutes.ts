import { mkdir, rm, writeFile } from "node:fs/promises";
import { routeFiles } from "#lib/codegen/eject/routeFiles.ts";
import { readApp } from "./readApp.ts";

// `npm run routes`: lists everything that the model has. What was taken out by hand is there again: see the diff.

const { model } = await readApp();
await rm("routes", { recursive: true, force: true });
await mkdir("routes");
for (const [file, text] of Object.entries(routeFiles(model))) await writeFile(file, text);
