import { z } from "zod";
import { publicProcedure, router, userProcedure } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { decideDeviceLogin, findDeviceLogin, pollDeviceLogin, startDeviceLogin } from "./service.ts";

const code = z.string().max(40);

/** How programs sign in: a person lets them in the browser (the flow of RFC 8628). */
export const devicesRouter = router({
  start: publicProcedure
    .input(z.object({ name: line(80) }))
    .mutation(({ ctx, input }) => startDeviceLogin(ctx.db, { name: input.name, address: ctx.address })),

  poll: publicProcedure
    .input(z.object({ deviceCode: z.string().max(100) }))
    .mutation(({ ctx, input }) => pollDeviceLogin(ctx.db, input.deviceCode)),

  find: userProcedure
    .input(z.object({ code }))
    .query(({ ctx, input }) => findDeviceLogin(ctx.db, ctx.user.id, input.code)),

  decide: userProcedure.input(z.object({ code, approve: z.boolean() })).mutation(async ({ ctx, input }) => {
    await decideDeviceLogin(ctx.db, ctx.user.id, input);
    return { approved: input.approve };
  }),
});
