import { CloseCode, type Message, MessageType, validateMessage } from "graphql-ws";
import type { RawData, WebSocket } from "ws";
import { AppError } from "#lib/errors/AppError.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { formatError } from "../../graphql/execute/formatError.ts";
import { parseRequest } from "../../graphql/request/parseRequest.ts";
import { log } from "../../log.ts";
import { type Operating, operationResults } from "../graphql/operationResults.ts";

/** Whoever was let in. */
export interface SocketCaller {
  readonly operating: Operating;
  /** Whether the key is still good. */
  readonly isAllowed: () => boolean;
  /** Counts one operation; throws AppError where that is over a rate. */
  readonly charge: () => void;
}

export interface GraphqlSocketParts {
  readonly socket: WebSocket;
  /** Who sends `connection_init` with a payload; throws, or rejects with, AppError for whoever is not let in. */
  readonly admit: (payload: Readonly<Record<string, unknown>>) => SocketCaller | Promise<SocketCaller>;
  readonly onDefect: (error: unknown) => void;
}

/** Milliseconds for a client to say who it is. */
const initWait = 10_000;
const closeWait = 5000;
/** A client that leaves pings unanswered is gone without a word; one that has much to read may only be slow. */
const pingEvery = 20_000;
const [mostUnanswered, mostUnansweredOfSlow] = [2, 30];
const mostOperations = 100;
/** Bytes that may wait for a client to take them. */
const mostWaiting = 16 << 20;

/** Long reasons do not fit into the frame that closes a connection. */
const longestReason = 120;

/**
 * One connection that speaks graphql-transport-ws. Results are passed on as the texts that they are, and the next one is
 * made when the client has taken the one before it.
 */
export class GraphqlSocket {
  readonly #parts: GraphqlSocketParts;
  readonly #operations = new Map<string, { close: () => void }>();
  readonly #timers: NodeJS.Timeout[] = [];
  #caller: SocketCaller | null = null;
  #isInitialised = false;
  #unanswered = 0;

  constructor(parts: GraphqlSocketParts) {
    this.#parts = parts;
    const { socket } = parts;
    socket.on("message", (data, isBinary) => {
      this.#take(data, isBinary).catch((error: unknown) => {
        parts.onDefect(error);
        this.close(CloseCode.InternalServerError, "Something went wrong on our side.");
      });
    });
    socket.on("pong", () => {
      this.#unanswered = 0;
    });
    socket.on("close", () => this.#end());
    // What is no WebSocket message closes the connection by itself.
    socket.on("error", () => {});
    const late = () => {
      if (!this.#isInitialised)
        this.close(CloseCode.ConnectionInitialisationTimeout, "Connection initialisation timeout");
    };
    this.#timers.push(setTimeout(late, initWait).unref(), setInterval(() => this.#ping(), pingEvery).unref());
  }

  /** Who does not answer is not waited for. */
  close(code: number, reason: string): void {
    const { socket } = this.#parts;
    socket.close(code, reason.slice(0, longestReason));
    setTimeout(() => socket.terminate(), closeWait).unref();
  }

  async #take(data: RawData, isBinary: boolean): Promise<void> {
    const message = isBinary ? null : readMessage(data);
    if (!message) return this.close(CloseCode.BadRequest, "Invalid message received");
    if (message instanceof Error) return this.close(CloseCode.BadRequest, message.message);
    switch (message.type) {
      case MessageType.ConnectionInit:
        return this.#initialise(message.payload ?? {});
      case MessageType.Ping:
        return this.#send({ type: MessageType.Pong, ...(message.payload && { payload: message.payload }) });
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return this.#subscribe(message.id, message.payload);
      case MessageType.Complete:
        this.#operations.get(message.id)?.close();
        this.#operations.delete(message.id);
        return;
      default:
        this.close(CloseCode.BadRequest, `Unexpected message of type ${message.type} received`);
    }
  }

  async #initialise(payload: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#isInitialised) {
      this.close(CloseCode.TooManyInitialisationRequests, "Too many initialisation requests");
      return;
    }
    this.#isInitialised = true;
    try {
      this.#caller = await this.#parts.admit(payload);
      this.#send({ type: MessageType.ConnectionAck });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.close(CloseCode.Forbidden, "Forbidden");
    }
  }

  async #subscribe(id: string, payload: unknown): Promise<void> {
    const caller = this.#caller;
    if (!caller) return this.close(CloseCode.Unauthorized, "Unauthorized");
    if (this.#operations.has(id))
      return this.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    const entry = { close: () => {} };
    const isOpen = () => this.#operations.get(id) === entry;
    try {
      if (this.#operations.size >= mostOperations) {
        throw new AppError("unavailable", `One connection runs at most ${mostOperations} operations at once.`);
      }
      this.#operations.set(id, entry);
      caller.charge();
      const request = parseRequest({
        method: "POST",
        query: "",
        contentType: "application/json",
        body: JSON.stringify(payload),
      });
      if (!("query" in request)) throw new AppError("invalid_request", "Send one operation at a time.");
      const answer = await operationResults(caller.operating, request);
      if (answer.kind === "refused") {
        if (isOpen()) this.#send({ id, type: MessageType.Error, payload: answer.errors });
        return;
      }
      entry.close = answer.close;
      if (!isOpen()) return answer.close();
      const head = `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`;
      for await (const result of answer.results) {
        if (!isOpen()) break;
        if (!caller.isAllowed()) return this.close(CloseCode.Forbidden, "Forbidden");
        await this.#pass(`${head}${result}}`);
      }
      if (isOpen()) this.#send({ id, type: MessageType.Complete });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#send({ id, type: MessageType.Error, payload: [formatError(error)] });
    } finally {
      entry.close();
      if (isOpen()) this.#operations.delete(id);
    }
  }

  /** Settles when the client's machine, or the network on the way to it, has taken the text. */
  #pass(text: string): Promise<void> {
    const { socket } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<void>();
    // One that is closed tells so by its own event.
    if (socket.readyState !== socket.OPEN) resolve();
    else socket.send(text, () => resolve());
    return promise;
  }

  #send(message: object): void {
    const { socket } = this.#parts;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > mostWaiting) {
      log("warn", "A connection for subscriptions takes nothing of what it asks for; it is ended.");
      socket.terminate();
    } else socket.send(JSON.stringify(message));
  }

  #ping(): void {
    const { socket } = this.#parts;
    const patience = socket.bufferedAmount > 0 ? mostUnansweredOfSlow : mostUnanswered;
    if (this.#caller && !this.#caller.isAllowed()) this.close(CloseCode.Forbidden, "Forbidden");
    else if (this.#unanswered >= patience) socket.terminate();
    else {
      this.#unanswered += 1;
      socket.ping();
    }
  }

  #end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { close } of this.#operations.values()) close();
    this.#operations.clear();
  }
}

/** Null for what is no JSON, an error for what is no message of the protocol. */
function readMessage(data: RawData): Message | Error | null {
  try {
    return validateMessage(parseExactJson(textOf(data)));
  } catch (error) {
    return error instanceof Error && !(error instanceof SyntaxError) ? error : null;
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.from(data as ArrayBuffer).toString("utf8");
}
