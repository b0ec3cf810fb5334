import { database } from "../database.ts";
import { clientAddress } from "../http/clientAddress.ts";
import { cookiesOf } from "../http/cookiesOf.ts";
import type { SessionUser } from "../trpc/context.ts";
import { bearerToken } from "./bearerToken.ts";
import { userOfCookies } from "./session.ts";
import { userOfToken } from "./userOfToken.ts";

/** Who asks, by a personal token or a browser's session; null for nobody. Throws where a token is not valid. */
export async function userOfRequest({ headers }: Request): Promise<SessionUser | null> {
  const token = bearerToken(headers);
  if (token === null) return await userOfCookies(cookiesOf(headers));
  return await userOfToken(database(), { token, address: clientAddress(headers) });
}
