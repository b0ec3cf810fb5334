import { modelToSchema } from "#lib/compile/schema/modelToSchema.ts";
import { planSchema } from "#lib/compile/schema/planSchema.ts";
import { type Answers, type Question, questionKey, questionSql } from "#lib/compile/schema/Question.ts";
import type { SchemaPlan } from "#lib/compile/schema/SchemaPlan.ts";
import type { Model } from "#lib/model/types.ts";
import type { OwnerSession } from "./EnvironmentDatabase.ts";
import { introspect } from "./introspect.ts";

/** The final plan from what the database holds now to the model. */
export async function planModel(sql: OwnerSession, model: Model): Promise<SchemaPlan> {
  const actual = await introspect(sql);
  const desired = modelToSchema(model);
  let answers: Answers = new Map();
  // An answer can lead to a further question, but never to one that was answered: this ends.
  for (;;) {
    const plan = planSchema(actual, desired, answers);
    const open = plan.questions.filter((question) => !answers.has(questionKey(question)));
    if (open.length === 0) return plan;
    answers = new Map([...answers, ...(await answer(sql, open))]);
  }
}

async function answer(sql: OwnerSession, questions: readonly Question[]): Promise<Answers> {
  const answers = new Map<string, bigint>();
  for (const question of questions) {
    const [row] = await sql.unsafe<{ answer: string }[]>(questionSql(question));
    answers.set(questionKey(question), BigInt(row?.answer ?? "0"));
  }
  return answers;
}
