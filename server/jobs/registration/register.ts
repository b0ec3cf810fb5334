import { z } from "zod";
import { canonicalJson, sign } from "../embedded/signature.ts";

export interface Registration {
  /** Where this application serves its functions, as it reaches itself. */
  readonly serveUrl: string;
  readonly signingKey: string;
  readonly signal?: AbortSignal;
}

const answerSchema = z.object({ message: z.string().optional(), modified: z.boolean().optional() });

/**
 * Asks the application to tell the Inngest server about its functions, as that server asks itself: a signed PUT, after
 * which the SDK sends the list. Answers whether the server learned something new; throws with what either side said.
 */
export async function register({ serveUrl, signingKey, signal }: Registration): Promise<boolean> {
  const body = canonicalJson({ url: serveUrl });
  const response = await fetch(serveUrl, {
    method: "PUT",
    body,
    headers: {
      "content-type": "application/json",
      "x-inngest-server-kind": "cloud",
      "x-inngest-signature": sign(body, signingKey),
    },
    ...(signal && { signal }),
  });
  const text = await response.text();
  const { message, modified = false } = answerSchema.catch({}).parse(parsed(text));
  if (!response.ok)
    throw new Error(`The functions could not be registered: ${message ?? `status ${response.status}`}.`);
  return modified;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
