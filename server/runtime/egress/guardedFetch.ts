import { type OutOptions, outFetch } from "./outFetch.ts";

/** `fetch` for libraries that want one, under the rules of outFetch. Bodies are texts, bytes or forms. */
export function guardedFetch(options: OutOptions): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (url, init = {}) => {
    // Standard objects know how bodies become bytes, and which type a form has.
    const asked = new Request(url, { ...init, signal: null });
    const sent = init.body === undefined || init.body === null ? undefined : new Uint8Array(await asked.arrayBuffer());
    const signals = [options.signal, init.signal].filter((signal) => signal instanceof AbortSignal);
    const answer = await outFetch(
      {
        method: asked.method,
        url: String(url),
        headers: Object.fromEntries(asked.headers),
        ...(sent && { body: sent }),
      },
      { ...options, ...(signals.length > 0 && { signal: AbortSignal.any(signals) }) },
    );
    const hasBody = ![204, 205, 304].includes(answer.status);
    return new Response(hasBody ? Buffer.from(answer.body) : null, {
      status: answer.status,
      headers: { ...answer.headers },
    });
  };
}
