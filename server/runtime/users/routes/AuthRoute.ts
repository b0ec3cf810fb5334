import type { AppAuth } from "#lib/model/processTypes.ts";
import type { Answer } from "../../http/Answer.ts";
import type { RouteRate } from "../attempts/RouteRates.ts";
import type { AuthCall } from "./AuthCall.ts";

/** One operation below `/auth`. */
export interface AuthRoute {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/auth`; a part that begins with a colon is any one segment: `/accounts/:id`. */
  readonly path: string;
  /** Whether the app has it; absent: every app with `auth`. */
  readonly isThere?: (auth: AppAuth) => boolean;
  /** How it is bounded by network address; absent is `usual`. */
  readonly rate?: RouteRate;
  readonly answer: (call: AuthCall) => Promise<Answer>;
}
