import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { EgressError } from "./EgressError.ts";
import { guardFor, type Place } from "./EgressGuard.ts";

export interface ConnectOptions {
  /** `EgressSpec.allow`. */
  readonly allow: readonly string[];
  readonly tls?: boolean;
  readonly signal?: AbortSignal;
  readonly timeoutSeconds?: number;
}

/** A connection to a server of another protocol than HTTP, under the same rules; any port of the open internet. */
export async function outConnect(place: Place, options: ConnectOptions): Promise<Socket> {
  const { allow, tls = false, signal, timeoutSeconds = 10 } = options;
  const [judged] = await guardFor(allow).addressesOf(place, { anyPort: true });
  if (!judged) throw new EgressError("unreachable", `${place.host} has no address.`);
  const host = place.host.replace(/^\[|\]$/g, "");
  const target = { host: judged.address, port: place.port };
  const socket = tls ? connectTls({ ...target, ...(isIP(host) === 0 && { servername: host }) }) : connect(target);
  const limit = AbortSignal.timeout(1000 * timeoutSeconds);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = () =>
    reject(new EgressError(signal?.aborted ? "aborted" : "timed_out", `${host} did not answer in time.`));
  const fail = (cause: Error) =>
    reject(new EgressError("unreachable", `${host}:${place.port} could not be reached.`, { cause }));
  socket.once(tls ? "secureConnect" : "connect", resolve);
  socket.once("error", fail);
  limit.addEventListener("abort", stop);
  signal?.addEventListener("abort", stop);
  try {
    if (signal?.aborted) stop();
    await promise;
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    socket.off("error", fail);
    limit.removeEventListener("abort", stop);
    signal?.removeEventListener("abort", stop);
  }
}
