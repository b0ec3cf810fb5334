import { token } from "../exchange/token.ts";
import { codeRoutes } from "../mailed/codeRoutes.ts";
import { linkRoutes } from "../mailed/linkRoutes.ts";
import { providerRoutes } from "../providers/providerRoutes.ts";
import { secondFactorRoutes } from "../totp/secondFactorRoutes.ts";
import type { AuthRoute } from "./AuthRoute.ts";

/** Of the ways to sign in that not every app has. */
export const furtherRoutes: readonly AuthRoute[] = [
  token,
  ...linkRoutes,
  ...codeRoutes,
  ...secondFactorRoutes,
  ...providerRoutes,
];
