import { createHash } from "node:crypto";
import { canonicalJson, isSigned } from "./embedded/signature.ts";

interface Kept {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Below the five minutes for which the engine takes an answer's signature. */
const keptMilliseconds = 240_000;

/**
 * Makes a repeated call of the job engine join the first one instead of running the step beside it. The engine
 * repeats a call word for word when it lost the answer, as after its own crash in the middle of a long step.
 */
export function singleFlight<Call extends Request>(
  handle: (request: Call) => Promise<Response>,
  signingKeys: () => readonly string[],
): (request: Call) => Promise<Response> {
  const calls = new Map<string, Promise<Kept>>();
  return async (request) => {
    const body = await request.clone().text();
    // Strangers must not get an answer by knowing a body, so what is not signed goes its own way to be refused.
    const signature = request.headers.get("x-inngest-signature") ?? undefined;
    if (!signingKeys().some((key) => isByEngine(body, signature, key))) return handle(request);
    const key = createHash("sha256")
      .update(`${new URL(request.url).search}\n${body}`)
      .digest("hex");
    let call = calls.get(key);
    if (!call) {
      call = keep(handle(request));
      calls.set(key, call);
      const forget = () => calls.delete(key);
      call.then(() => setTimeout(forget, keptMilliseconds).unref(), forget);
    }
    const { status, headers, body: text } = await call;
    return new Response(text, { status, headers });
  };
}

/** Inngest signs what it sends with the members in order, and sends it without; our own driver sends it with. */
function isByEngine(body: string, signature: string | undefined, key: string): boolean {
  if (signature === undefined) return false;
  if (isSigned(body, signature, key)) return true;
  try {
    return isSigned(canonicalJson(JSON.parse(body)), signature, key);
  } catch {
    return false;
  }
}

async function keep(answer: Promise<Response>): Promise<Kept> {
  const response = await answer;
  return { status: response.status, headers: response.headers, body: await response.text() };
}
