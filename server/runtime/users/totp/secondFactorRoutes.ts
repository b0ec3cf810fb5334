import { lazily } from "../../host/lazily.ts";
import type { AuthCall } from "../routes/AuthCall.ts";
import type { AuthRoute } from "../routes/AuthRoute.ts";

const part = lazily(() => import("./secondFactorAnswers.ts"));

type Answers = typeof import("./secondFactorAnswers.ts").secondFactorAnswers;

function route(method: AuthRoute["method"], path: string, name: keyof Answers): AuthRoute {
  return {
    method,
    path,
    rate: name === "show" || name === "confirm" ? "guess" : "usual",
    isThere: ({ totp }) => totp !== undefined,
    answer: async (call: AuthCall) => part(({ secondFactorAnswers }) => secondFactorAnswers[name](call)),
  };
}

export const secondFactorRoutes: readonly AuthRoute[] = [
  route("POST", "/second-factor", "show"),
  route("GET", "/totp", "state"),
  route("POST", "/totp", "begin"),
  route("POST", "/totp/confirm", "confirm"),
  route("POST", "/totp/remove", "remove"),
  route("POST", "/totp/recovery-codes", "renew"),
  route("DELETE", "/accounts/:id/totp", "reset"),
];
