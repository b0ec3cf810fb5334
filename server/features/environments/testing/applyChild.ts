// A program of its own for the tests that kill it: applies the model on its standard input to the database at argv[2].
import { text } from "node:stream/consumers";
import type { Model } from "#lib/model/types.ts";
import { applyModelTo } from "../applyModelTo.ts";

const [, , url = ""] = process.argv;
await applyModelTo(url, JSON.parse(await text(process.stdin)) as Model);
