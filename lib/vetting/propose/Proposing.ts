import { actionsOf } from "../../model/actions/actionsOf.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import { camelCase } from "../../model/naming/camelCase.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import { jsonOfTyped } from "../../model/runs/jsonOfValue.ts";
import type { AppTest, GivenRow, TestDeed, TestExpectation, TestValue } from "../../model/testTypes.ts";
import type { Action, Model, Resource } from "../../model/types.ts";
import { withArticle } from "../../model/words/sentenceList.ts";
import { modelRules } from "../../plan/access/modelRules.ts";
import { noRules, type Rules } from "../../plan/access/Rules.ts";
import { catalogOf, entityNamed } from "../../plan/catalog/Catalog.ts";
import type { ActionRules } from "../../plan/write/ActionRules.ts";
import { rulesOf } from "../../plan/write/rulesOf.ts";
import type { Done, Outcome } from "../simulate/Outcome.ts";
import { simulate } from "../simulate/simulate.ts";
import type { Draft } from "../solve/Draft.ts";
import { testActor } from "../solve/Draft.ts";
import type { World } from "../world/World.ts";
import { fingerprint } from "./fingerprint.ts";
import type { PartKind, Proposal, Unsupported } from "./Proposal.ts";
import { moments, verdictOf } from "./verdict.ts";

/** Drafts that are looked at for one proposal. */
const mostDrafts = 24;

/** The part of a model that a test is wanted for. */
export interface Part {
  readonly kind: PartKind;
  readonly path: readonly string[];
  /** What makes it the same part through changes of others. */
  readonly meaning: unknown;
}

export interface Wanted {
  readonly part: Part;
  /** A sentence; unique among the tests of its file. */
  readonly name: string;
  /** Why it is worth having. */
  readonly explain: string;
  readonly drafts: Iterable<Draft>;
  readonly test: (draft: Draft) => Pick<AppTest, "given" | "do">;
  /** What is to be expected of what came, or null where the draft is no good. */
  readonly expect: (outcome: Outcome, world: World) => TestExpectation | null;
  /** The model without the part, of which the test must not be true. */
  readonly without?: Model | null;
}

/** Gathers the proposals of one resource. */
export class Proposing {
  readonly model: Model;
  readonly resource: Resource;
  readonly rules: Rules;
  readonly proposals: Proposal[] = [];
  readonly unsupported: Unsupported[] = [];
  readonly #names = new Set<string>();
  readonly #seen = new Set<string>();

  constructor(model: Model, resource: Resource) {
    this.model = model;
    this.resource = resource;
    this.rules = rulesByModel(model).get(resource.name) ?? noRules;
  }

  /** `a deal`. */
  get one(): string {
    return withArticle(spokenName(this.resource.name));
  }

  get subject(): string {
    return camelCase(this.resource.name);
  }

  get actions(): readonly Action[] {
    return actionsOf(this.resource);
  }

  action(name: string): ActionRules {
    return rulesOf(catalogOf(this.model), entityNamed(catalogOf(this.model), this.resource.name), name);
  }

  /** Proposes the first draft that comes out as wanted; says whether there was one. */
  propose(wanted: Wanted): boolean {
    let looked = 0;
    for (const draft of wanted.drafts) {
      const test = this.#tested(draft, wanted);
      if (test) {
        this.#add(wanted, test);
        return true;
      }
      looked += 1;
      if (looked >= mostDrafts) break;
    }
    return false;
  }

  giveUp({ kind, path }: Part, why: string): void {
    this.unsupported.push({ kind, resource: this.resource.name, part: path, why });
  }

  #tested(draft: Draft, wanted: Wanted): AppTest | null {
    const base = { name: "", as: testActor(draft.actor), ...wanted.test(draft) };
    const expect = this.#expected(base, wanted);
    if (!expect) return null;
    const whole = { ...base, given: this.#said(base, wanted) };
    const test: AppTest = { ...whole, expect };
    const again = this.#expected(whole, wanted);
    if (!again || JSON.stringify(again) !== JSON.stringify(expect)) return null;
    if (moments.some((now) => verdictOf(this.model, test, now).kind !== "passes")) return null;
    const isTelling = (candidate: AppTest) => !wanted.without || verdictOf(wanted.without, candidate).kind === "fails";
    if (!isTelling(test)) return null;
    return pruned(test, (candidate) => {
      if (JSON.stringify(this.#said(candidate, wanted)) !== JSON.stringify(candidate.given)) return false;
      return moments.every((now) => verdictOf(this.model, candidate, now).kind === "passes") && isTelling(candidate);
    });
  }

  #expected(test: Pick<AppTest, "given" | "as" | "do">, { expect }: Wanted): TestExpectation | null {
    const all = moments.map((now) => {
      const { outcome, world } = simulate(this.model, test, now);
      return world && outcome.kind !== "unknown" ? expect(outcome, world) : null;
    });
    const [first] = all;
    return first && all.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : null;
  }

  /** Given records that say all that the outcome depends on. */
  #said(test: Pick<AppTest, "given" | "as" | "do">, { expect }: Wanted): readonly GivenRow[] {
    const { outcome, world } = simulate(this.model, test, moments[0]);
    // What is expected may look at more than what is done.
    if (world && outcome.kind !== "unknown") expect(outcome, world);
    const unsaid = [...(world?.unsaid ?? [])];
    return (test.given ?? []).map((row) => {
      const missing = unsaid
        .filter((name) => name.startsWith(`${row.name}.`))
        .map((name) => name.slice(row.name.length + 1));
      const found = world?.named(row.name);
      if (missing.length === 0 || !found) return row;
      const added = missing.flatMap((name): [string, TestValue][] => {
        const field = found.entity.fields.get(name);
        const value = found.values.get(name) ?? null;
        if (!field || field.type.kind === "sequence" || name === "version") return [];
        if (field.reference) {
          const { reference } = field;
          const target = world?.byKey(reference.target, value)?.name;
          return target ? [[reference.name, { row: target }]] : value === null ? [[reference.name, null]] : [];
        }
        return [[name, jsonOfTyped(field.type, valueTypeOf(field.type, this.model), value)]];
      });
      return { ...row, values: { ...row.values, ...Object.fromEntries(added) } };
    });
  }

  #add({ part, name, explain }: Wanted, test: AppTest): void {
    const { given = [], as, do: deed, expect } = test;
    const same = JSON.stringify([given, as, deed, expect]);
    if (this.#seen.has(same)) return;
    this.#seen.add(same);
    const unique = this.#free(name);
    const { kind, path, meaning } = part;
    this.proposals.push({
      id: fingerprint([kind, this.resource.name, meaning, name]),
      kind,
      resource: this.resource.name,
      part: path,
      file: camelCase(this.resource.name),
      test: { name: unique, explain, ...(given.length > 0 && { given }), as, do: deed, expect },
    });
  }

  #free(name: string): string {
    const short = name.length > 180 ? `${name.slice(0, 179)}…` : name;
    let unique = short;
    for (let number = 2; this.#names.has(unique); number++) unique = `${short} (${number})`;
    this.#names.add(unique);
    return unique;
  }
}

/** The test without given records that nothing needs. */
function pruned(test: AppTest, isAsGood: (candidate: AppTest) => boolean): AppTest {
  let kept = test;
  for (const { name } of (test.given ?? []).toReversed()) {
    const given = (kept.given ?? []).filter((row) => row.name !== name);
    const { given: _rows, ...rest } = kept;
    const isNamed = JSON.stringify([given, rest]).includes(JSON.stringify(name));
    const candidate = { ...kept, given };
    if (!isNamed && isAsGood(candidate)) kept = candidate;
  }
  return kept;
}

const known = new WeakMap<Model, ReadonlyMap<string, Rules>>();

function rulesByModel(model: Model): ReadonlyMap<string, Rules> {
  const rules = known.get(model) ?? modelRules(model);
  known.set(model, rules);
  return rules;
}

/** What a refusal is expected to tell. */
export function refusalOf(outcome: Outcome, codes: readonly string[], field?: string): TestExpectation | null {
  if (outcome.kind !== "refused" || !codes.includes(outcome.code)) return null;
  if (field === undefined) return { kind: "refused", code: outcome.code };
  return outcome.fields.length === 1 && outcome.fields[0] === field
    ? { kind: "refused", code: outcome.code, field }
    : null;
}

export function doneOf(
  outcome: Outcome,
  record?: (done: Done) => Readonly<Record<string, TestValue>> | null,
): TestExpectation | null {
  if (outcome.kind !== "done") return null;
  if (!record) return { kind: "done" };
  if (!outcome.isSeen()) return null;
  const shown = record(outcome);
  return shown && { kind: "done", record: shown };
}

export function deedOf(
  draft: Draft,
  { type, name }: Pick<Action, "type" | "name">,
  row: string,
  input: TestInputOf,
): Pick<AppTest, "given" | "do"> {
  const rest = draft.rows.filter((one) => one.name !== row);
  const subject = draft.rows.find((one) => one.name === row);
  const given = draft.rows;
  switch (type) {
    case "read":
      return { given, do: { kind: "get", row } };
    case "create": {
      const resource = subject?.resource ?? "";
      return { given: rest, do: { kind: "create", resource, action: name, input: input(draft) } };
    }
    case "update":
      return { given, do: { kind: "update", row, action: name, input: input(draft) } };
    case "destroy":
      return { given, do: { kind: "destroy", row, action: name, input: input(draft) } satisfies TestDeed };
  }
}

type TestInputOf = (draft: Draft) => Readonly<Record<string, TestValue>>;
