import type { Principal } from "../access/Principal.ts";
import { database } from "../database.ts";
import { clientAddress } from "../http/clientAddress.ts";
import { cookiesOf } from "../http/cookiesOf.ts";
import { bearerToken } from "./bearerToken.ts";
import { principalOfToken } from "./principalOfToken.ts";
import { principalOfCookies } from "./session.ts";

/** Who asks, by a token or a browser's session; null for nobody. Throws where a token is not valid. */
export async function principalOfRequest({ headers }: Request): Promise<Principal | null> {
  const token = bearerToken(headers);
  if (token === null) return await principalOfCookies(cookiesOf(headers));
  return await principalOfToken(database(), { token, address: clientAddress(headers) });
}
