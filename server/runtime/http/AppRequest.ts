import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Actor } from "#lib/plan/types.ts";
import type { CallerSession } from "../auth/Callers.ts";
import type { Sighting } from "../telemetry/Sighting.ts";

/** A request to one app, the caller known. */
export interface AppRequest {
  readonly method: string;
  /** Below the app's own address, still encoded: `/rest/v1/deals`. */
  readonly path: string;
  /** What follows the question mark, still encoded. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly actor: Actor;
  /** Whether the caller may ask what others may. */
  readonly mayExplain: boolean;
  /** Of an end user who came with an access token of the app's own. */
  readonly session?: CallerSession | undefined;
  /** The network address of whoever sends it, as rates count it. */
  readonly from: () => string;
  /** In front of `path` in the caller's URL: empty, or `/apps/<label>`. */
  readonly base: string;
  /** The app's public address without a slash at its end. */
  readonly url: string;
  /** The whole body as text; throws AppError when it is too large or not UTF-8. */
  readonly body: () => Promise<string>;
  /** The body as it comes, unread. */
  readonly content: () => Readable;
  /** What is seen of it, for figures and logs. */
  readonly sighting?: Sighting;
  /** Counts so many requests more than the one that it is (a batch); throws AppError where that is over a rate. */
  readonly charge: (requests: number) => void;
}
