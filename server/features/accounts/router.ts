import { z } from "zod";
import { publicProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { email } from "./email.ts";
import { newPassword, repeatsIdentity } from "./password.ts";
import { signUp } from "./service.ts";

const signUpInput = z
  .object({ email, name: line(80), password: newPassword })
  .refine((input) => !repeatsIdentity(input.password, input), {
    path: ["password"],
    message: "Choose a password that is not your name or address.",
    params: { rule: "common" },
  });

export const accountsRouter = router({
  /** `{id, email, name}`, or null for whoever is not signed in. */
  me: publicProcedure.query(({ ctx }) => ctx.who?.user ?? null),

  /**
   * The same answer whether or not the address has an account. Go on with next-auth's `signIn("credentials", …)`;
   * when that fails, say: "That did not work. If you already have an account with this address, sign in or choose
   * another address."
   */
  signUp: publicProcedure.input(signUpInput).mutation(async ({ ctx, input }) => {
    await signUp(ctx.db, { ...input, address: ctx.address });
    return { accepted: true as const };
  }),
});
