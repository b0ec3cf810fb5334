// A program of its own for the test that kills it: runs the gate for the files on its standard input.
import { text } from "node:stream/consumers";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { runGate } from "../runGate.ts";

const files = JSON.parse(await text(process.stdin)) as Sources;
const { model } = readModel(files);
if (!model) throw new Error("The model is not sound.");
await runGate({ model, files, onProgress: ({ done }) => void process.stdout.write(`${done}\n`) });
process.exit(0);
