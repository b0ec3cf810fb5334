import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const mostMilliseconds = 8000;

/** Answers the status; rejects where nobody answers in time. The address is of whoever set this program up, not of an app. */
export function postJson({ url, headers, body }: Post): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const open = url.startsWith("https:") ? httpsRequest : httpRequest;
  const outgoing = open(url, {
    method: "POST",
    headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...headers },
    signal: AbortSignal.timeout(mostMilliseconds),
    agent: false,
  });
  outgoing.on("error", reject);
  outgoing.on("response", (incoming) => {
    // What it says besides does not matter.
    incoming.resume();
    incoming.on("error", reject);
    incoming.on("end", () => resolve(incoming.statusCode ?? 0));
  });
  outgoing.end(body);
  return promise;
}
