import { AppError } from "#lib/errors/AppError.ts";

/** What fetches for an app: it refuses addresses that the app may not reach. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const seconds = 5;
const longest = 512 << 10;

/** A JSON object that somebody else serves. Throws AppError `unavailable`, with the reason for the log. */
export async function readJsonDocument(fetch: Fetch, url: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const response = await fetch(url, {
      headers: { accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(1000 * seconds),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`${url} answered ${response.status}.`);
    }
    const document: unknown = JSON.parse(await shortText(response, url));
    if (typeof document !== "object" || document === null || Array.isArray(document)) {
      throw new Error(`${url} is no JSON object.`);
    }
    return document as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new AppError("unavailable", "The issuer of this token cannot be asked. Try again in a moment.", { cause });
  }
}

async function shortText(response: Response, url: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longest) throw new Error(`${url} is larger than ${longest} characters.`);
  }
  return text + decoder.decode();
}
