import { z } from "zod";
import { env } from "../../../env.ts";
import { seal, unseal } from "../../../secrets/seal.ts";

const shape = z.object({ notice: z.string(), at: z.number() });
const shownMilliseconds = 10 * 60_000;

/** Where somebody reads why they were not signed in. Sealed, so that nobody else can make our page say something. */
export function noticeAddress(sentence: string): string {
  const address = new URL("/sign-in/sso", env().NEXTAUTH_URL);
  address.searchParams.set("said", seal(JSON.stringify({ notice: sentence, at: Date.now() })));
  return address.href;
}

/** The sentence; null where it is none of ours, or an old one. */
export function readNotice(said: string | undefined): string | null {
  if (said === undefined) return null;
  try {
    const { notice, at } = shape.parse(JSON.parse(unseal(said)));
    return Date.now() - at < shownMilliseconds ? notice : null;
  } catch {
    return null;
  }
}
