import { type ModelPlan, type ModelPlanContext, planModelSchema } from "#lib/compile/schema/planModelSchema.ts";
import { type Answer, type Answers, type Question, questionKey, questionSql } from "#lib/compile/schema/Question.ts";
import type { Model } from "#lib/model/types.ts";
import type { OwnerSession } from "./EnvironmentDatabase.ts";
import { introspect } from "./introspect.ts";

/** The final plan from what the database holds now to the model. */
export async function planModel(
  sql: OwnerSession,
  model: Model,
  context: Omit<ModelPlanContext, "answers"> = {},
): Promise<ModelPlan> {
  const actual = await introspect(sql);
  let answers: Answers = new Map();
  // An answer can lead to a further question, but never to one that was answered: this ends.
  for (;;) {
    const plan = planModelSchema(actual, model, { ...context, answers });
    const open = plan.questions.filter((question) => !answers.has(questionKey(question)));
    if (open.length === 0) return plan;
    answers = new Map([...answers, ...(await answer(sql, open))]);
  }
}

/** Asks the rows. */
export async function answer(sql: OwnerSession, questions: readonly Question[]): Promise<Answers> {
  const answers = new Map<string, Answer>();
  for (const question of questions) {
    const [row] = await sql.unsafe<{ count: string; examples: string[] }[]>(questionSql(question));
    answers.set(questionKey(question), { count: BigInt(row?.count ?? "0"), examples: row?.examples ?? [] });
  }
  return answers;
}
