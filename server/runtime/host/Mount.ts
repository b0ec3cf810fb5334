import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { AppError } from "#lib/errors/AppError.ts";
import type { Caller } from "../auth/Callers.ts";
import type { Answer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import type { Upgrade } from "../realtime/webSocket/acceptSocket.ts";
import type { Environment } from "./Environment.ts";

export type RefusedRequest = Pick<AppRequest, "headers" | "base">;

/** A part of every app's API, by the beginning of its paths. */
export interface Mount {
  /** A path that ends with a slash stands for all below it. */
  readonly path: string;
  /** The name of the route in metrics. */
  readonly route: string;
  /** Everything wants a key; open are only pages that are the same for every app. */
  readonly open?: boolean | ((request: IncomingMessage) => boolean);
  /** Its answers go on until somebody ends them: they are bounded by `Environment.streams`, not by time. */
  readonly streams?: boolean | ((headers: IncomingHttpHeaders) => boolean);
  /** Tells what went wrong in a form of its own; null where a problem document will do. */
  readonly refusal?: (error: AppError, request: RefusedRequest, environment: Environment) => Answer | null;
  readonly answer: (request: AppRequest, environment: Environment) => Promise<Answer> | Answer;
  /** Takes a connection over that is to become a WebSocket; throws AppError where it may not. */
  readonly upgrade?: (upgrade: AppUpgrade, environment: Environment) => Promise<void>;
}

/** A request for a WebSocket. Who sends it may be told by its headers, or later by what is sent over the socket. */
export interface AppUpgrade extends Upgrade {
  /** What goes with the answer, names and values in turn. */
  readonly fields: readonly string[];
  /** Counts one request of a caller; throws AppError where that is over a rate. */
  readonly charge: (caller: Caller) => void;
}
