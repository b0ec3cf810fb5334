import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

export interface TransferLimits {
  /** Bytes per second that a caller must take or send at least, on the average of the seconds below. */
  readonly slowest: number;
  readonly seconds: number;
  /** Bytes of large answers that may wait for their callers altogether; beyond that the one that waits longest is given up. */
  readonly held: number;
}

interface Watched {
  /** What is to be done when it is too slow. */
  readonly end: () => void;
  since: number;
  bytes: number;
}

/**
 * Ends connections whose callers take their answer, or send their body, too slowly or not at all: what is not taken
 * stays in memory. Only what did not go through at once is watched; what waits for this program is no fault of a caller.
 */
export class Transfers {
  readonly #limits: TransferLimits;
  readonly #answers = new Map<Socket, Watched>();
  readonly #bodies = new Map<IncomingMessage, Watched>();
  /** Large answers that wait, those that have waited longest first, and how large they are. */
  readonly #large = new Map<Socket, number>();
  #held = 0;
  readonly #timer: NodeJS.Timeout;
  /** How many were ended. */
  ended = 0;

  constructor(limits: TransferLimits) {
    this.#limits = limits;
    this.#timer = setInterval(() => this.sweep(performance.now()), Math.min(1000 * limits.seconds, 5000) / 4);
    this.#timer.unref();
  }

  get size(): number {
    return this.#answers.size + this.#bodies.size;
  }

  /** An answer of which something waits for its caller. */
  watchAnswer(socket: Socket): void {
    if (this.#answers.has(socket)) return;
    this.#answers.set(socket, { end: () => socket.destroy(), since: performance.now(), bytes: sentBy(socket) });
  }

  /** A large answer is kept until its caller has taken it. */
  hold(socket: Socket, bytes: number): void {
    if (this.#large.has(socket)) return;
    this.#large.set(socket, bytes);
    this.#held += bytes;
    for (const [oldest] of this.#large) {
      if (this.#held <= this.#limits.held || oldest === socket) break;
      this.release(oldest);
      this.ended += 1;
      oldest.destroy();
    }
  }

  release(socket: Socket): void {
    this.#held -= this.#large.get(socket) ?? 0;
    this.#large.delete(socket);
  }

  /** A body that is being read; its reader is told when it comes too slowly. */
  watchBody(request: IncomingMessage, end: () => void): void {
    if (request.complete) return;
    this.#bodies.set(request, { end, since: performance.now(), bytes: request.socket.bytesRead });
  }

  /** The body is there. */
  forgetBody(request: IncomingMessage): void {
    this.#bodies.delete(request);
  }

  sweep(now: number): void {
    for (const [socket, one] of this.#answers) {
      if (socket.destroyed || socket.writableLength === 0) this.#answers.delete(socket);
      else if (this.#isTooSlow(one, sentBy(socket), now)) {
        this.#answers.delete(socket);
        this.#end(one);
      }
    }
    for (const [request, one] of this.#bodies) {
      if (request.complete || request.destroyed) this.#bodies.delete(request);
      else if (request.readableFlowing === false || request.readableLength > 0) one.since = now;
      else if (this.#isTooSlow(one, request.socket.bytesRead, now)) {
        this.#bodies.delete(request);
        this.#end(one);
      }
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #isTooSlow(one: Watched, bytes: number, now: number): boolean {
    const { slowest, seconds } = this.#limits;
    const elapsed = now - one.since;
    if (bytes - one.bytes >= slowest * seconds) {
      one.since = now;
      one.bytes = bytes;
      return false;
    }
    return elapsed > 1000 * seconds;
  }

  #end({ end }: Watched): void {
    this.ended += 1;
    end();
  }
}

/** Bytes that the machine has taken off our hands. */
function sentBy(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength;
}
