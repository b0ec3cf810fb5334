import type { AppTest } from "../../model/testTypes.ts";
import type { Model } from "../../model/types.ts";
import type { Mutant } from "../mutate/Mutant.ts";
import { verdictOf } from "../propose/verdict.ts";

/** A test by which a change of the model can be noticed, as it was before. */
export interface Watching {
  /** `deals/A won deal stays` */
  readonly id: string;
  readonly test: AppTest;
  /** Resources of which it has records, or with which it does something. */
  readonly resources: ReadonlySet<string>;
}

/** Tests that pass by simulation: only those can be held against mutants. */
export function watchingOf(
  model: Model,
  tests: readonly { readonly id: string; readonly test: AppTest }[],
): readonly Watching[] {
  return tests
    .filter(({ test }) => verdictOf(model, test).kind === "passes")
    .map(({ id, test }) => ({ id, test, resources: resourcesOf(test) }));
}

function resourcesOf({ given = [], do: deed }: AppTest): ReadonlySet<string> {
  const own = "resource" in deed ? [deed.resource] : [];
  return new Set([...given.map(({ resource }) => resource), ...own]);
}

/** The first test that fails with the mutant; null where none does. */
export function firstToNotice(mutant: Mutant, watching: readonly Watching[]): Watching | null {
  const near = watching.filter(({ resources }) => resources.has(mutant.resource));
  // Those that do something with the resource itself are the likeliest.
  const own = ({ test: { given = [], do: deed } }: Watching) =>
    ("resource" in deed ? deed.resource : given.find(({ name }) => name === deed.row)?.resource) === mutant.resource;
  const ordered = [...near.filter(own), ...near.filter((one) => !own(one))];
  return ordered.find(({ test }) => verdictOf(mutant.model, test).kind === "fails") ?? null;
}
