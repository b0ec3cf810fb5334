import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { type RestClient, restClient } from "../rest/testing/restClient.ts";
import { dealsModel } from "./testing/dealsModel.ts";

let app: ServedApp;
let rest: RestClient;

beforeAll(async () => {
  app = await servedApp(dealsModel);
  rest = restClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

interface Deal {
  readonly title: string;
  readonly stage: string;
  readonly amount: number | null;
  readonly probability: number | null;
  readonly closedOn: string | null;
}

type Write =
  | { readonly kind: "create" | "update"; readonly values: Partial<Deal> }
  | { readonly kind: "act"; readonly action: string; readonly values: Partial<Deal> };

const values = fc.record(
  {
    title: fc.constantFrom("Fine", "Hopeless", "Other"),
    amount: fc.constantFrom(null, 0, 500, 2000),
    probability: fc.constantFrom(null, 10, 90),
    closedOn: fc.constantFrom(null, "2026-01-31"),
  },
  { requiredKeys: [] },
);
const stages = fc.constantFrom("lead", "qualified", "won", "lost");
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ kind: fc.constant("create" as const), values }),
  fc.record({
    kind: fc.constant("update" as const),
    values: fc.tuple(values, fc.option(stages)).map(([one, stage]) => ({ ...one, ...(stage && { stage }) })),
  }),
  fc.record({
    kind: fc.constant("act" as const),
    action: fc.constantFrom("qualify", "win", "lose", "reopen"),
    values: fc.constant({}),
  }),
  fc.record({
    kind: fc.constant("act" as const),
    action: fc.constant("win"),
    values: fc.record({ closedOn: fc.constantFrom(null, "2026-01-31") }, { requiredKeys: [] }),
  }),
);

const moves: readonly (readonly [action: string, from: string, to: string])[] = [
  ["qualify", "lead", "qualified"],
  ["win", "qualified", "won"],
  ...["lead", "qualified", "won", "lost"].map((from) => ["lose", from, "lost"] as const),
  ["reopen", "won", "qualified"],
  ["reopen", "lost", "lead"],
];

/** What is against a deal as it would be: the fields of the validations that it breaks. */
function broken({ stage, amount, probability, closedOn }: Deal): readonly string[] {
  return [
    ...(closedOn !== null && stage !== "won" && stage !== "lost" ? ["closedOn"] : []),
    ...(amount !== null && amount > 1000 && !(probability !== null && probability >= 50) ? ["probability"] : []),
  ];
}

interface Outcome {
  /** Null where it is refused. */
  readonly deal: Deal | null;
  readonly refused: readonly string[];
}

const fresh = { title: "Fine", stage: "lead", amount: 0, probability: null, closedOn: null };

/** The same rules written by hand. */
function expected(deal: Deal, change: Write): Outcome {
  if (change.kind !== "act") {
    const after = { ...(change.kind === "create" ? fresh : deal), ...change.values };
    const state = change.kind === "update" && after.stage !== deal.stage ? ["stage"] : [];
    const refused = [...state, ...broken(after)];
    return { deal: refused.length > 0 ? null : after, refused };
  }
  const move = moves.find(([action, from]) => action === change.action && from === deal.stage);
  const guarded = change.action === "win" && !(deal.amount !== null && deal.amount > 0);
  const hopeless = change.action === "win" && deal.title === "Hopeless" ? [""] : [];
  const isClosed = !move || guarded;
  const after = { ...deal, ...change.values, stage: move?.[2] ?? deal.stage };
  // Of an action that is not open the first transition tells where it would have led.
  const [only, ...others] = moves.filter(([action]) => action === change.action);
  const told =
    isClosed && only && (others.length === 0 || change.action === "lose") ? { ...after, stage: only[2] } : after;
  const refused = [...(isClosed ? ["stage"] : []), ...hopeless, ...broken(told)];
  return { deal: refused.length > 0 ? null : after, refused };
}

test("random changes come to what the rules, written by hand, say", async () => {
  const shown = (body: Record<string, unknown>): Deal => ({
    title: String(body.title),
    stage: String(body.stage),
    amount: body.amount === null ? null : Number(body.amount),
    probability: body.probability as number | null,
    closedOn: body.closedOn as string | null,
  });
  const sent = ({ amount, ...others }: Partial<Deal>) => ({
    ...others,
    ...(amount !== undefined && { amount: amount === null ? null : String(amount) }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 5, maxLength: 15 }), async (writes) => {
      const first = await rest.send("POST", "/deals", { title: "Fine" });
      const path = `/deals/${first.body.id}`;
      let deal: Deal = fresh;
      for (const change of writes) {
        const isNew = change.kind === "create";
        const values = isNew ? { title: "Fine", ...change.values } : change.values;
        const method = change.kind === "update" ? "PATCH" : "POST";
        const at = isNew ? "/deals" : change.kind === "act" ? `${path}/${change.action}` : path;
        const answer = await rest.send(method, at, sent(values));
        const outcome = expected(deal, { ...change, values });
        if (outcome.deal) {
          expect([answer.status, shown(answer.body)]).toEqual([isNew ? 201 : 200, outcome.deal]);
          if (!isNew) deal = outcome.deal;
        } else {
          const fields = (answer.body.errors ?? []).map(({ field }: { field: string }) => field);
          expect([answer.status >= 400 && answer.status < 500, fields.sort()]).toEqual([
            true,
            [...outcome.refused].sort(),
          ]);
          expect(shown((await rest.get(path)).body)).toEqual(deal);
        }
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
