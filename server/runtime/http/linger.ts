import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./Answer.ts";
import { headOf } from "./send.ts";

/** How much of a refused body is still taken, and for how long, so that its sender sees the answer before it is cut. */
const lingerBytes = 16 << 20;
const lingerSeconds = 2;

/** Answers a request whose body was not read to its end, and ends its connection. */
export async function linger(
  {
    request,
    response,
    waits,
  }: { readonly request: IncomingMessage; readonly response: ServerResponse; readonly waits: boolean },
  answer: Answer,
  more: readonly string[],
): Promise<void> {
  response.shouldKeepAlive = false;
  response.writeHead(answer.status, headOf(answer, more));
  // A caller that waits for a word sends no body after a refusal.
  if (waits || answer.body === null || request.destroyed) return void response.end(answer.body ?? undefined);
  response.write(answer.body);
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, 1000 * lingerSeconds);
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > lingerBytes) resolve();
  });
  request.once("end", resolve).once("close", resolve).once("error", resolve);
  await promise;
  clearTimeout(timer);
  response.end();
}
