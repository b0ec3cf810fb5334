import { parentPort } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import * as graphiql from "@graphql-yoga/render-graphiql/graphiql";
import type { PackedFiles } from "./packedFiles.ts";

// A thread of its own: what it loads is large, is packed once, and goes away with it.
const { js, css, editorWorkerService, graphqlWorker, jsonWorker } = graphiql;
const texts = {
  "graphiql.js": js,
  "graphiql.css": css,
  "editor.worker.js": editorWorkerService,
  "graphql.worker.js": graphqlWorker,
  "json.worker.js": jsonWorker,
};
const packed: PackedFiles = Object.fromEntries(
  Object.entries(texts).map(([name, text]) => [name, new Uint8Array(gzipSync(text))]),
);
parentPort?.postMessage(packed);
