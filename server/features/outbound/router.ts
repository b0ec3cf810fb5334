import { z } from "zod";
import { secretName } from "#lib/model/secrets/secretsUsed.ts";
import { projectProcedure, router } from "../../trpc/init.ts";
import { line } from "../../trpc/line.ts";
import { findEnvironment } from "../environments/service.ts";
import {
  clearMail,
  egressSettings,
  listSecrets,
  mailSettings,
  removeSecret,
  sendTestMail,
  setEgress,
  setMail,
  setSecret,
} from "./service.ts";

/** A project's procedure about one of its environments: `ctx.environment`. */
const environmentProcedure = projectProcedure
  .input(z.object({ environment: z.string().max(80).default("production") }))
  .use(async ({ ctx, input, next }) => {
    const environment = await findEnvironment(ctx.db, ctx.project.id, input.environment);
    ctx.audit({ target: `environment ${environment.name} of project ${ctx.project.slug}` });
    return next({ ctx: { environment } });
  });

const name = z.string().regex(secretName, "Use capital letters, digits and _, such as STRIPE_SECRET.");
const host = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,253}$|^\[[0-9A-Fa-f:.]{2,45}\]$/, "Give a host name such as mail.example.com.");
const mostValue = 16_384;

export const outboundRouter = router({
  secrets: router({
    /** Names only: values go in and never come back. `missing` are those that the model names and nobody has set. */
    list: environmentProcedure.query(({ ctx }) => listSecrets(ctx.db, ctx.environment)),

    set: environmentProcedure
      .input(z.object({ name, value: z.string().min(1, "Give a value.").max(mostValue) }))
      .mutation(async ({ ctx, input }) => {
        await setSecret(ctx.environment.id, input.name, input.value);
        ctx.audit({ after: { name: input.name } });
        return { name: input.name };
      }),

    remove: environmentProcedure.input(z.object({ name })).mutation(async ({ ctx, input }) => {
      await removeSecret(ctx.environment.id, input.name);
      ctx.audit({ before: { name: input.name } });
      return { name: input.name };
    }),
  }),

  mail: router({
    get: environmentProcedure.query(({ ctx }) => mailSettings(ctx.environment)),

    set: environmentProcedure
      .input(
        z.object({
          host,
          port: z.int().min(1).max(65_535),
          tls: z.boolean(),
          user: z.string().max(200),
          password: z.string().max(1000).nullable(),
          from: line(200).regex(
            /^(?:[^<>@"]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
            "Give an address such as Sales <sales@example.com>.",
          ),
        }),
      )
      .mutation(async ({ ctx, input: { host, port, tls, user, password, from } }) => {
        const changesPassword = password !== null;
        ctx.audit({ before: mailSettings(ctx.environment), after: { host, port, tls, user, from, changesPassword } });
        return await setMail(ctx.environment.id, { host, port, tls, user, password, from });
      }),

    clear: environmentProcedure.mutation(({ ctx }) => {
      ctx.audit({ before: mailSettings(ctx.environment) });
      return clearMail(ctx.environment.id);
    }),

    /** Sends a mail to whoever asks. */
    test: environmentProcedure.mutation(async ({ ctx }) => {
      await sendTestMail(ctx.environment, ctx.user.email);
      return { to: ctx.user.email };
    }),
  }),

  egress: router({
    get: environmentProcedure.query(({ ctx }) => ({
      ...egressSettings(ctx.environment),
      mayChange: ctx.access.may("egress.manage"),
    })),

    /** Hosts, addresses and networks, each perhaps with a port. */
    set: environmentProcedure
      .input(z.object({ allow: z.array(line(200)).max(50) }))
      .mutation(async ({ ctx, input }) => {
        await setEgress(ctx.environment.id, input.allow);
        ctx.audit({ before: { allow: egressSettings(ctx.environment).allow }, after: { allow: input.allow } });
      }),
  }),
});
