import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from "quickjs-emscripten";
import type { SandboxCall, SandboxOutcome } from "./SandboxCall.ts";
import { sandboxPrelude } from "./sandboxPrelude.ts";
import { stripTypes } from "./stripTypes.ts";

/** More aborts the engine as a whole. */
const stackBytes = 256 * 1024;
const fileName = "function";

export interface SandboxRun {
  readonly outcome: SandboxOutcome;
  /** False: the engine as a whole must not be used again. */
  readonly isIntact: boolean;
}

/**
 * Calls a function in an engine of its own: no call sees anything of another one, and none reaches anything outside. Work
 * inside of one operation of the engine, such as filling a huge list, is not interrupted: whoever cannot wait for that
 * runs this in a thread that can be ended.
 */
export function runInSandbox(engine: QuickJSWASMModule, { source, input, limits }: SandboxCall): SandboxRun {
  const stripped = stripTypes(source);
  if ("message" in stripped) return { outcome: thrown(stripped.message, stripped.line), isIntact: true };
  const ends = performance.now() + limits.milliseconds;
  const runtime = engine.newRuntime({ memoryLimitBytes: limits.memoryBytes, maxStackSizeBytes: stackBytes });
  let isLate = false;
  runtime.setInterruptHandler(() => {
    isLate = performance.now() > ends;
    return isLate;
  });
  const context = runtime.newContext();
  const handles: QuickJSHandle[] = [];
  let outcome: SandboxOutcome;
  try {
    outcome = call(new Engine(context, handles), { code: stripped.code, input, limits });
  } catch (error) {
    // The engine itself has ended: it is WebAssembly on the stack of the thread.
    if (!(error instanceof Thrown)) return { outcome: { kind: "limit", limit: "stack" }, isIntact: false };
    outcome = isLate ? { kind: "limit", limit: "time" } : error.outcome;
  }
  return { outcome, isIntact: comesApart(runtime, context, handles) };
}

function call(
  engine: Engine,
  { code, input, limits }: Omit<SandboxCall, "source"> & { readonly code: string },
): SandboxOutcome {
  const { context } = engine;
  engine.evaluate(sandboxPrelude, "gantry");
  // Taken before the function's text is read, which could exchange them.
  const parse = engine.evaluate("JSON.parse", "gantry");
  const print = engine.evaluate("(print => value => print(value))(JSON.stringify)", "gantry");
  const argument = engine.call(parse, engine.kept(context.newString(input)));
  const made = engine.evaluate(`(${code}\n)`, fileName);
  if (context.typeof(made) !== "function") return thrown("This is not a function.", 1);
  const result = engine.call(made, argument);
  if (engine.isThenable(result)) return thrown("A function returns at once: it cannot be async.", 1);
  const printed = engine.call(print, result);
  const json = context.typeof(printed) === "string" ? context.getString(printed) : "null";
  return json.length > limits.resultCharacters ? { kind: "limit", limit: "result" } : { kind: "result", json };
}

/** Keeps every value that it hands out, so that all can be given back whatever happens. */
class Engine {
  readonly context: QuickJSContext;
  readonly #handles: QuickJSHandle[];

  constructor(context: QuickJSContext, handles: QuickJSHandle[]) {
    this.context = context;
    this.#handles = handles;
  }

  kept(handle: QuickJSHandle): QuickJSHandle {
    this.#handles.push(handle);
    return handle;
  }

  evaluate(text: string, name: string): QuickJSHandle {
    return this.#valueOf(this.context.evalCode(text, name, { type: "global", strict: true }));
  }

  call(made: QuickJSHandle, argument: QuickJSHandle): QuickJSHandle {
    return this.#valueOf(this.context.callFunction(made, this.context.undefined, argument));
  }

  isThenable(handle: QuickJSHandle): boolean {
    if (this.context.typeof(handle) !== "object") return false;
    return this.context.typeof(this.kept(this.context.getProp(handle, "then"))) === "function";
  }

  #valueOf(result: ReturnType<QuickJSContext["evalCode"]>): QuickJSHandle {
    if (!result.error) return this.kept(result.value);
    throw new Thrown(outcomeOf(this.context, this.kept(result.error)));
  }
}

class Thrown extends Error {
  readonly outcome: SandboxOutcome;

  constructor(outcome: SandboxOutcome) {
    super("A function threw.");
    this.outcome = outcome;
  }
}

/** Reads what was thrown without running anything of the function's own: accessors and `toString` are not called. */
function outcomeOf(context: QuickJSContext, error: QuickJSHandle): SandboxOutcome {
  const type = context.typeof(error);
  if (type === "string") return thrown(context.getString(error));
  if (type !== "object") return thrown("The function threw something that is no error.");
  const [name, message, stack] = ["name", "message", "stack"].map((member) => textMember(context, error, member));
  if (name === "InternalError" && message === "out of memory") return { kind: "limit", limit: "memory" };
  if (name === "InternalError" && message === "stack overflow") return { kind: "limit", limit: "stack" };
  const line = /\bfunction:(\d+)/.exec(stack ?? "")?.[1];
  return thrown(message || name || "The function threw an error.", line === undefined ? null : Number(line));
}

function textMember(context: QuickJSContext, error: QuickJSHandle, member: string): string | null {
  // An accessor of the function's own would run here, bounded as the call is: its own time is what it wastes.
  const handle = context.getProp(error, member);
  const text = context.typeof(handle) === "string" ? context.getString(handle) : null;
  handle.dispose();
  return text;
}

function thrown(message: string, line: number | null = null): SandboxOutcome {
  return { kind: "thrown", message: message.slice(0, 1000), line };
}

/** An engine that ran out of memory or depth may hold on to something of its own for ever. */
function comesApart(runtime: QuickJSRuntime, context: QuickJSContext, handles: readonly QuickJSHandle[]): boolean {
  try {
    for (const handle of handles) handle.dispose();
    context.dispose();
    runtime.dispose();
    return true;
  } catch {
    return false;
  }
}
