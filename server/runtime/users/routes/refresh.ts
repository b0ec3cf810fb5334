import { z } from "zod";
import { ownAnswer } from "./AuthCall.ts";
import type { AuthRoute } from "./AuthRoute.ts";

const shape = z.strictObject({ refreshToken: z.string().max(200) });

/** `POST /auth/refresh`: the next tokens of a session. */
export const refresh: AuthRoute = {
  method: "POST",
  path: "/refresh",
  answer: async (call) => {
    const { refreshToken } = await call.read(shape);
    const { address, issuer } = call.by([]);
    return ownAnswer(200, await call.users.sessions.refresh(refreshToken, { address, issuer }));
  },
};
