import { lazily } from "../../host/lazily.ts";
import type { AuthCall } from "../routes/AuthCall.ts";
import type { AuthRoute } from "../routes/AuthRoute.ts";

const part = lazily(() => import("./providerSignIn.ts"));

const isThere: AuthRoute["isThere"] = ({ providers }) => providers !== undefined;

/** `GET /auth/<provider>/start?redirect=…&challenge=…`: on to the provider. */
const providerStart: AuthRoute = {
  method: "GET",
  path: "/:provider/start",
  isThere,
  answer: async (call: AuthCall) => part(({ startSignIn }) => startSignIn(call)),
};

/** `GET /auth/<provider>/callback`: back from the provider, and on to the redirect with a code. */
const providerCallback: AuthRoute = {
  method: "GET",
  path: "/:provider/callback",
  isThere,
  answer: async (call: AuthCall) => part(({ endSignIn }) => endSignIn(call)),
};

export const providerRoutes: readonly AuthRoute[] = [providerStart, providerCallback];
