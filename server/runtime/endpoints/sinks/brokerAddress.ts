import { isIP } from "node:net";
import { guardFor } from "../../egress/EgressGuard.ts";

export interface BrokerAddress {
  /** The name as it was written, for certificates; null for an address. */
  readonly name: string | null;
  /** What is connected to: judged, so that the client resolves nothing by itself. */
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Behind the slash. */
  readonly path: string;
  readonly options: URLSearchParams;
}

/** Where the server of a broker's address is. Throws EgressError where it may not be reached. */
export async function brokerAddress(
  text: string,
  { allow, port: usual }: { readonly allow: readonly string[]; readonly port: number },
): Promise<BrokerAddress> {
  const url = new URL(text);
  const port = url.port === "" ? usual : Number(url.port);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const [judged] = await guardFor(allow).addressesOf({ host, port }, { anyPort: true });
  if (!judged) throw new Error("The guard answers at least one address.");
  return {
    name: isIP(host) ? null : host,
    address: judged.address,
    port,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    path: decodeURIComponent(url.pathname.replace(/^\//, "")),
    options: url.searchParams,
  };
}
