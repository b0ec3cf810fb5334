import { type ConsoleAnswer, type ConsoleRequest, hasBody } from "./ConsoleRequest.ts";

/**
 * Sends a request to an app, straight from the browser.
 * @throws TypeError where no answer may be read: the app is down, or lets no page of this origin ask.
 */
export async function sendRequest(url: string, request: ConsoleRequest, signal: AbortSignal): Promise<ConsoleAnswer> {
  const { method, path, body, headers } = request;
  const start = performance.now();
  const response = await fetch(url + path, {
    method,
    headers,
    signal,
    credentials: "omit",
    cache: "no-store",
    ...(hasBody(method) && body !== "" ? { body } : {}),
  });
  const bytes = await response.arrayBuffer();
  return {
    status: response.status,
    milliseconds: performance.now() - start,
    headers: [...response.headers],
    text: new TextDecoder().decode(bytes),
    bytes: bytes.byteLength,
  };
}
