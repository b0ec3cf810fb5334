import { parentPort } from "node:worker_threads";
import { getQuickJS } from "quickjs-emscripten";
import { runInSandbox, type SandboxRun } from "#lib/sandbox/runInSandbox.ts";
import type { SandboxCall } from "#lib/sandbox/SandboxCall.ts";

// A thread of its own: it is ended where a call does not end by itself.
export type WorkerMessage = { readonly kind: "ready" } | ({ readonly kind: "run" } & SandboxRun);

const tell = (message: WorkerMessage) => parentPort?.postMessage(message);

const engine = await getQuickJS();
parentPort?.on("message", (call: SandboxCall) => tell({ kind: "run", ...runInSandbox(engine, call) }));
tell({ kind: "ready" });
