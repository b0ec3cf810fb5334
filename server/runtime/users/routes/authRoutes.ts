import type { AuthRoute } from "./AuthRoute.ts";
import { jwks } from "./jwks.ts";
import { refresh } from "./refresh.ts";
import { signIn } from "./signIn.ts";

/** All that `/auth` answers; each part of sign-in adds its own here. */
export const authRoutes: readonly AuthRoute[] = [signIn, refresh, jwks];
