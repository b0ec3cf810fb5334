import { getQuickJS } from "quickjs-emscripten";
import { runInSandbox } from "#lib/sandbox/runInSandbox.ts";
import type { SandboxCall } from "#lib/sandbox/SandboxCall.ts";

// Runs functions of an app apart from the page; loaded when the first of them is tried.
self.onmessage = async ({ data }: MessageEvent<SandboxCall>) => {
  self.postMessage(runInSandbox(await getQuickJS(), data));
};
