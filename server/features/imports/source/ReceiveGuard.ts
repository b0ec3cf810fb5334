import type { Socket } from "node:net";
import { connect } from "node:net";
import type postgres from "postgres";

const pollMilliseconds = 25;

/**
 * Ends a connection over which more comes in than was asked for: a message is held in memory until it is whole, and
 * whoever writes the SQL, or runs the server, decides how large it is.
 */
export class ReceiveGuard {
  readonly #limit: number;
  #socket: Socket | undefined;
  #allowed: number;
  #exceeded = false;

  /** `limit` in bytes since the last `expect`. */
  constructor(limit: number) {
    this.#limit = limit;
    this.#allowed = limit;
  }

  get exceeded(): boolean {
    return this.#exceeded;
  }

  /** Counts anew from here, or lets this many bytes more come, as rows that were handed on. */
  expect(): void {
    this.#allowed = (this.#socket?.bytesRead ?? 0) + this.#limit;
  }

  /** Ends the connection at once, in the middle of whatever is coming in. */
  cut(): void {
    this.#socket?.destroy();
  }

  /** Opens the connection, once; given to postgres.js as its `socket`. A session that ended is not opened anew. */
  readonly open = async (options: postgres.ParsedOptions): Promise<Socket> => {
    if (this.#socket) throw new Error("The session has ended.");
    const { host, port, path } = options;
    const socket = connect(path ? { path: String(path) } : { host: host[0] ?? "localhost", port: port[0] ?? 5432 });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const late = setTimeout(() => socket.destroy(new Error("The server does not answer.")), 15_000);
    socket.once("connect", resolve);
    socket.once("error", reject);
    await promise.finally(() => clearTimeout(late));
    socket.off("error", reject);
    this.#watch(socket);
    return socket;
  };

  #watch(socket: Socket): void {
    this.#socket = socket;
    this.expect();
    const timer = setInterval(() => {
      if (socket.bytesRead > this.#allowed) {
        this.#exceeded = true;
        socket.destroy(new Error("More was received than was asked for."));
      }
    }, pollMilliseconds);
    timer.unref();
    socket.once("close", () => clearInterval(timer));
  }
}
