import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * Stands between a program and its PostgreSQL and counts the statements that the one sends to the other, by reading the
 * messages of the protocol: no program can hide one.
 */
export class StatementCounter implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #statements = 0;
  url = "";

  static async inFrontOf(databaseUrl: string): Promise<StatementCounter> {
    const target = new URL(databaseUrl);
    const counter = new StatementCounter(target);
    const { promise, resolve } = Promise.withResolvers<void>();
    counter.#server.listen(0, "127.0.0.1", resolve);
    await promise;
    target.host = `127.0.0.1:${(counter.#server.address() as AddressInfo).port}`;
    counter.url = target.href;
    return counter;
  }

  private constructor({ hostname, port }: URL) {
    this.#server = createServer((program) => {
      const database = connect(Number(port), hostname);
      const reader = new MessageReader((type) => {
        if (type === "E" || type === "Q") this.#statements += 1;
      });
      program.on("data", (chunk: Buffer) => reader.read(chunk));
      program.pipe(database).pipe(program);
      for (const socket of [program, database]) {
        socket.setNoDelay(true);
        this.#sockets.add(socket);
        socket.on("error", () => {
          program.destroy();
          database.destroy();
        });
        socket.on("close", () => this.#sockets.delete(socket));
      }
    });
  }

  /** How many statements were sent while the work was done. */
  async during<Result>(work: () => Promise<Result>): Promise<{ readonly count: number; readonly result: Result }> {
    const before = this.#statements;
    const result = await work();
    return { count: this.#statements - before, result };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }
}

/** Tells the types of the messages in a stream: a letter, four bytes of length, the rest. The first has no letter. */
class MessageReader {
  readonly #onMessage: (type: string) => void;
  #rest = Buffer.alloc(0);
  #isStarted = false;

  constructor(onMessage: (type: string) => void) {
    this.#onMessage = onMessage;
  }

  read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const head = this.#isStarted ? 1 : 0;
      if (this.#rest.length < head + 4) return;
      const end = head + this.#rest.readUInt32BE(head);
      if (this.#rest.length < end) return;
      if (this.#isStarted) this.#onMessage(String.fromCharCode(this.#rest[0] ?? 0));
      this.#isStarted = true;
      this.#rest = this.#rest.subarray(end);
    }
  }
}
