import type { Retirement, Schema, Table } from "../../sql/ddl/Schema.ts";
import { columnLabel, tableLabel } from "./planItems.ts";
import { type LiveModel, releaseSchema } from "./planModelSchema.ts";
import { planSchema } from "./planSchema.ts";
import { type Answers, type Question, questionKey } from "./Question.ts";
import type { PlanRefusal, SchemaStep } from "./SchemaPlan.ts";

/** How a release that served before can serve again. Nothing in it drops or changes a stored value. */
export interface RollbackPlan {
  /** What it needs to read and write, in the order in which that must run: all of it is instant. */
  readonly steps: readonly SchemaStep[];
  /** What brings back its own rules and what it derives: to be run once it serves, and found again by a plan for it. */
  readonly afterwards: readonly SchemaStep[];
  /** Why it cannot serve. Final once the decisive questions are answered. */
  readonly refusals: readonly PlanRefusal[];
  /** What rows that came since break of its rules; it shows them as they are. Final once all questions are answered. */
  readonly notes: readonly PlanRefusal[];
  readonly questions: readonly Question[];
  /** Those among them that steps and refusals depend on. */
  readonly decisive: readonly Question[];
}

export interface RollbackContext {
  readonly answers?: Answers;
  /** The release that serves now. */
  readonly live?: LiveModel | null;
  /** What parts that retire are marked with. */
  readonly retirement?: Retirement;
}

/**
 * The way to a release that served before, older or newer than the one that serves now. Its values are where it had them:
 * whoever has written since kept them in step. As with a deploy, what only takes time or takes rules away comes after the
 * switch; unlike there, rows that break a rule of the release stand in nobody's way: they are there already.
 */
export function planRollback(actual: Schema, target: LiveModel, context: RollbackContext = {}): RollbackPlan {
  const { answers = new Map(), retirement } = context;
  const desired = releaseSchema(target);
  const live = context.live ? releaseSchema(context.live) : null;
  const planned = (given: Answers) =>
    planSchema(actual, desired, { answers: given, live, ...(retirement && { retirement }) });
  const asked = planned(answers);
  // A plan without answers has no reason to refuse because of rows.
  const numbers = asked.questions.filter(({ kind }) => kind === "largest").map(questionKey);
  const plan = planned(new Map(numbers.flatMap((key) => entryOf(answers, key))));
  const ofRows = asked.refusals.filter(({ sentence }) => !plan.refusals.some((other) => other.sentence === sentence));
  const refusals = [
    ...deletedParts(actual, desired),
    ...plan.refusals,
    ...ofRows.filter(({ code }) => code === "relationship_retargeted"),
  ];
  const steps = plan.steps.filter(isNeeded);
  return {
    steps,
    afterwards: plan.steps.filter((step) => !steps.includes(step)),
    refusals,
    notes: ofRows.filter((one) => one.code !== "value_missing" && !refusals.includes(one)).map(withoutAdvice),
    questions: asked.questions,
    decisive: asked.questions.filter(({ kind }) => kind === "largest" || kind === "values"),
  };
}

function entryOf(answers: Answers, key: string) {
  const answer = answers.get(key);
  return answer ? [[key, answer] as const] : [];
}

function isNeeded({ when, cost, transactional }: SchemaStep): boolean {
  return when === "beforeSwitch" && cost === "instant" && transactional;
}

/** A release that served had all its parts: what is not there was deleted. What it derives can be worked out anew. */
function deletedParts(actual: Schema, desired: Schema): readonly PlanRefusal[] {
  const there = new Map(actual.tables.map((table) => [table.name, table]));
  return desired.tables.filter(isOfModel).flatMap((table) => {
    const found = there.get(table.name);
    if (!found) return [deleted(tableLabel(table), `the table "${table.name}"`, table)];
    const columns = new Set(found.columns.map(({ name }) => name));
    return table.columns
      .filter(({ name, fill }) => !columns.has(name) && fill === undefined)
      .map((column) => deleted(columnLabel(table, column), `the column "${column.name}" of "${table.name}"`, column));
  });
}

function deleted(label: string, part: string, { path = [] }: Pick<Table, "path">): PlanRefusal {
  const sentence = `This release reads ${label}, but ${part} was deleted for good. Restore a backup, or go back to a release that does without.`;
  return { code: "part_deleted", path, sentence };
}

/** Not one of those that Gantry itself needs, which may have come with a newer version of it. */
function isOfModel({ name }: Table): boolean {
  return !name.startsWith("gantry_");
}

/** What to do about it concerns whoever changes a model. */
function withoutAdvice({ sentence, ...note }: PlanRefusal): PlanRefusal {
  const end = sentence.lastIndexOf(". ");
  return { ...note, sentence: end < 0 ? sentence : sentence.slice(0, end + 1) };
}
