import { z } from "zod";

const addresses = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

const answerMilliseconds = 10_000;

/** Somebody's first address at GitHub, where GitHub has seen that they read its mail; null where it has not. */
export async function verifiedGithubAddress(api: string, accessToken: string): Promise<string | null> {
  const response = await fetch(`${api}/user/emails`, {
    headers: { authorization: `Bearer ${accessToken}`, accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(answerMilliseconds),
    redirect: "error",
  });
  if (!response.ok) return null;
  const known = addresses.safeParse(await response.json()).data ?? [];
  return known.find(({ primary, verified }) => primary && verified)?.email ?? null;
}
