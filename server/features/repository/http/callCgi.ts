import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import type { Writable } from "node:stream";
import { endGroup } from "./endGroup.ts";
import { readCgiHead } from "./readCgiHead.ts";

export interface CgiCall {
  readonly command: readonly [program: string, ...args: string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** Milliseconds without a byte in either direction, and altogether, after which the call is ended. */
  readonly idle: number;
  readonly total: number;
  /** Called once, when the program is gone, however that came. */
  readonly ended: () => void;
  /** Awaited when the program has ended by itself, before the answer ends. */
  readonly settled: () => Promise<void>;
}

/** A CGI program that failed before it answered. Never public. */
export class CgiError extends Error {
  override readonly name = "CgiError";
  readonly stderr: string;

  constructor(stderr: string, cause?: unknown) {
    super(`The program did not answer: ${stderr}`, { cause });
    this.stderr = stderr;
  }
}

/**
 * Runs a CGI program for one request (RFC 3875) and answers as soon as it has written its head; both bodies stream,
 * each side waiting for the other. The program and all it started end with the client, the times given, or the answer.
 */
export async function callCgi(call: CgiCall): Promise<Response> {
  const [program, ...args] = call.command;
  const environment = call.environment as NodeJS.ProcessEnv;
  const child = spawn(program, args, { cwd: "/", env: environment, stdio: "pipe", detached: true });
  const end = () => {
    endGroup(child);
    // Nobody reads the rest, and unread output would keep the child from being seen as gone.
    child.stdout.destroy();
  };
  const idle = setTimeout(end, call.idle);
  const total = setTimeout(end, call.total);
  call.signal.addEventListener("abort", end, { once: true });
  const exited = closing(child).finally(() => {
    clearTimeout(idle);
    clearTimeout(total);
    call.signal.removeEventListener("abort", end);
    call.ended();
  });
  exited.catch(() => {}); // looked at later, when the output has ended
  if (call.signal.aborted) end();
  const fed = feed(call.body, child.stdin, () => idle.refresh());
  fed.catch(end);
  const output = outputOf(child, () => idle.refresh());
  try {
    const head = await Promise.race([readCgiHead(output), fed.then(() => new Promise<never>(() => {}))]);
    if (!head || head.status >= 500) throw new CgiError((await exited).stderr);
    // Some programs write their head before they read: until the body went in well, the status can still tell.
    const first = head.rest.length > 0 ? Promise.resolve({ done: false, value: head.rest }) : output.next();
    await Promise.race([first, fed]);
    const answer = answerOf({ first, output, fed, exited, settled: call.settled, end });
    return new Response(streamOf(answer, end), { status: head.status, headers: head.headers });
  } catch (error) {
    end();
    await exited.catch(() => {});
    throw error;
  }
}

interface Answer {
  readonly first: Promise<IteratorResult<Buffer>>;
  readonly output: AsyncIterator<Buffer>;
  readonly fed: Promise<void>;
  readonly exited: Promise<unknown>;
  readonly settled: () => Promise<void>;
  readonly end: () => void;
}

async function* answerOf({ first, output, fed, exited, settled, end }: Answer): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await first; !next.done; next = await output.next()) yield next.value;
    // A body that breaks off matters only to a program that still wanted it.
    await Promise.race([fed, exited]);
    await exited;
    await fed.catch(() => {});
    await settled();
  } finally {
    end();
  }
}

/** Asks the generator for more only when the client has taken what it had. */
function streamOf(answer: AsyncGenerator<Uint8Array>, cancelled: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await answer.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        cancelled();
        await answer.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

async function* outputOf(child: ChildProcessWithoutNullStreams, moved: () => void): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of child.stdout) {
      moved();
      yield chunk as Buffer;
    }
  } catch (cause) {
    throw new CgiError("it was ended", cause);
  }
}

/** Gives the program its input at the speed it reads. What it no longer wants is read and dropped, so that the client gets to the answer. */
async function feed(body: AsyncIterable<Uint8Array>, input: Writable, moved: () => void): Promise<void> {
  let open = true;
  const closed = new Promise<void>((resolve) => {
    const close = () => {
      open = false;
      resolve();
    };
    input.once("close", close).once("error", close);
  });
  for await (const chunk of body) {
    moved();
    if (open && !input.write(chunk)) await Promise.race([once(input, "drain").catch(() => {}), closed]);
  }
  input.end();
}

async function closing(child: ChildProcessWithoutNullStreams): Promise<{ stderr: string }> {
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (stderr.length < 8192) stderr += text;
  });
  await new Promise((resolve, reject) => {
    child.once("error", (cause) => reject(new CgiError("it could not be started", cause)));
    child.once("close", resolve);
  });
  return { stderr: stderr.trim() };
}
