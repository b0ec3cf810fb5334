import { type ClientRequest, type IncomingMessage, request } from "node:http";

/** A server-sent event. */
export interface SentEvent {
  readonly id: string;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly data: any;
}

export interface ListenOptions {
  /** Such as `/events?resources=deals`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Reads a stream of events as a browser does, from a socket that can be left alone for a while. */
export class EventReader {
  readonly #request: ClientRequest;
  readonly #response: IncomingMessage;
  readonly #events: SentEvent[] = [];
  readonly #waiting: (() => void)[] = [];
  #rest = "";
  /** As a browser would send it when it comes back. */
  lastEventId = "";
  retry = 0;
  isEnded = false;

  static async listen(url: string, { path, headers = {} }: ListenOptions): Promise<EventReader> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const sent = request(`${url}${path}`, { headers: { accept: "text/event-stream", ...headers }, agent: false });
    sent.on("response", resolve).on("error", reject).end();
    const reader = new EventReader(sent, await promise);
    if (reader.status === 200) await reader.#until(() => reader.lastEventId !== "" || reader.isEnded);
    return reader;
  }

  private constructor(sent: ClientRequest, response: IncomingMessage) {
    this.#request = sent;
    this.#response = response;
    sent.on("error", () => this.#end());
    response.setEncoding("utf8");
    response.on("data", (text: string) => this.#read(text));
    response.on("close", () => this.#end());
    response.on("error", () => this.#end());
  }

  get status(): number {
    return this.#response.statusCode ?? 0;
  }

  get headers(): IncomingMessage["headers"] {
    return this.#response.headers;
  }

  /** What is not events, such as a problem. */
  async body(): Promise<string> {
    await this.ended();
    return this.#rest;
  }

  async next(): Promise<SentEvent> {
    const [event] = await this.take(1);
    if (!event) throw new Error("The stream ended.");
    return event;
  }

  /** The next events, fewer where the stream ends before. */
  async take(count: number): Promise<readonly SentEvent[]> {
    await this.#until(() => this.#events.length >= count || this.isEnded);
    return this.#events.splice(0, count);
  }

  /** Events up to the first that is so. */
  async takeUntil(isLast: (event: SentEvent) => boolean): Promise<readonly SentEvent[]> {
    const taken: SentEvent[] = [];
    for (;;) {
      const event = await this.next();
      taken.push(event);
      if (isLast(event)) return taken;
    }
  }

  async ended(): Promise<void> {
    await this.#until(() => this.isEnded);
  }

  /** Takes nothing more from the socket. */
  sleep(): void {
    this.#response.pause();
    this.#request.socket?.pause();
  }

  wakeUp(): void {
    this.#request.socket?.resume();
    this.#response.resume();
  }

  close(): void {
    this.#request.destroy();
  }

  #read(text: string): void {
    this.#rest += text;
    if (this.status !== 200) return;
    for (let end = this.#rest.indexOf("\n\n"); end >= 0; end = this.#rest.indexOf("\n\n")) {
      this.#dispatch(this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end + 2);
    }
    this.#wake();
  }

  #dispatch(block: string): void {
    const data: string[] = [];
    let event = "message";
    for (const line of block.split("\n")) {
      const colon = line.indexOf(":");
      const [name, value] = [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
      if (name === "id") this.lastEventId = value;
      if (name === "event") event = value;
      if (name === "data") data.push(value);
      if (name === "retry") this.retry = Number(value);
    }
    if (data.length === 0) return;
    const text = data.join("\n");
    this.#events.push({ id: this.lastEventId, event, data: text === "" ? null : JSON.parse(text) });
  }

  #end(): void {
    this.isEnded = true;
    this.#wake();
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    }
  }
}
