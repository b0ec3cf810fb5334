import { z } from "zod";
import { router } from "../../../trpc/init.ts";
import { environmentProcedure } from "../environmentProcedure.ts";
import { keptText } from "../intake/otlp.ts";
import { measures, measureTexts } from "./measures.ts";
import { addRule, findRule, listRules, removeRule } from "./rules.ts";
import { tellTest } from "./tellAlerts.ts";

const newRule = z
  .object({
    name: keptText(100).refine((name) => name.trim() !== "", "Give the rule a name."),
    measure: z.enum(measures),
    threshold: z.number().min(0, "Give a number that is not below 0."),
    minutes: z.number().int().min(1, "Give at least one minute.").max(60, "Give at most 60 minutes."),
    channel: z.enum(["mail", "webhook"]),
    target: keptText(500).refine((target) => target.trim() !== "", "Say where to."),
  })
  .superRefine(({ measure, threshold }, context) => {
    const { most, unit } = measureTexts[measure];
    if (threshold > most)
      context.addIssue({ code: "custom", path: ["threshold"], message: `Give at most ${most} ${unit}.` });
  });

const ruleId = z.object({ id: z.uuid() });

export const alertsRouter = router({
  /** Rules, what has become of them, and whom mails may go to. */
  list: environmentProcedure.query(({ ctx }) => listRules(ctx.db, ctx.environment.id, ctx.organisation.id)),

  /** Answers the secret of a webhook, which is shown this once. */
  add: environmentProcedure.input(z.object({ rule: newRule })).mutation(({ ctx, input }) => {
    ctx.audit({ after: input.rule });
    return addRule(ctx.db, {
      ...input.rule,
      environmentId: ctx.environment.id,
      organisationId: ctx.organisation.id,
    });
  }),

  remove: environmentProcedure.input(ruleId).mutation(async ({ ctx, input }) => {
    const { name, measure, threshold, minutes, channel, target } = await findRule(ctx.db, ctx.environment.id, input.id);
    ctx.audit({ before: { name, measure, threshold, minutes, channel, target } });
    return await removeRule(ctx.db, ctx.environment.id, input.id);
  }),

  /** Sends what an alert looks like. */
  test: environmentProcedure.input(ruleId).mutation(({ ctx, input }) => tellTest(ctx.db, ctx.environment.id, input.id)),
});
