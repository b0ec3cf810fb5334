import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environments } from "#db/schema/environments.ts";
import { organisations } from "#db/schema/organisations.ts";
import { usageDays, usageMinutes } from "#db/schema/usage.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { anEnvironment, type TestEnvironment } from "../telemetry/testing/anEnvironment.ts";
import { gaugeDocument, tell, usageDocument } from "../telemetry/testing/otlpRequests.ts";
import { meteredUsage } from "./meteredUsage.ts";
import { daysOf, monthBefore, monthOf } from "./months.ts";
import { usageOf } from "./usageOf.ts";

let control: TestControlPlane;
let shop: TestEnvironment;
let organisationId: string;
const minute = 60_000;
const now = Date.now() - (Date.now() % minute);

beforeAll(async () => {
  control = await testControlPlane();
  shop = await anEnvironment(control);
  organisationId = await idOf(shop);
});
afterAll(() => control[Symbol.asyncDispose]());

async function idOf({ scope }: TestEnvironment): Promise<string> {
  const [row] = await control.db.select().from(organisations).where(eq(organisations.slug, scope.organisation));
  return row?.id ?? "";
}

describe("months", () => {
  test("begin and end in UTC, over the end of a year too", () => {
    expect(monthOf(new Date("2026-12-31T23:59:59.999Z"))).toBe("2026-12");
    expect(daysOf("2026-12")).toEqual({ from: "2026-12-01", until: "2027-01-01" });
    expect(daysOf("2028-02")).toEqual({ from: "2028-02-01", until: "2028-03-01" });
    expect([monthBefore("2026-01"), monthBefore("2026-12")]).toEqual(["2025-12", "2026-11"]);
  });
});

/** One runtime counts on within a minute; a report says what it has come to at some moment. */
interface Series {
  readonly source: string;
  readonly minutesAgo: number;
  readonly kind: "reads" | "writes" | "processRuns" | "bytesOut";
  readonly grows: readonly number[];
}

const series: fc.Arbitrary<Series> = fc.record({
  source: fc.constantFrom("one", "two", "three"),
  minutesAgo: fc.integer({ min: 0, max: 12 * 24 * 60 }),
  kind: fc.constantFrom("reads", "writes", "processRuns", "bytesOut"),
  grows: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 4 }),
});

describe("what runtimes tell of use", () => {
  test("comes to the same, whatever of it is lost, doubled, late, out of order or told at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(series, {
          selector: ({ source, minutesAgo, kind }) => `${source} ${minutesAgo} ${kind}`,
          minLength: 1,
          maxLength: 12,
        }),
        fc.infiniteStream(fc.nat()),
        async (all, chance) => {
          await control.db.delete(usageMinutes);
          await control.db.delete(usageDays);
          const pick = (below: number) => (chance.next().value ?? 0) % below;
          const reports = all.flatMap(({ grows, ...one }) =>
            grows.map((_, index) => ({
              ...one,
              count: sum(grows.slice(0, index + 1)),
              isLast: index === grows.length - 1,
            })),
          );
          // The last of each comes through in the end; the others may be lost, and any may come again.
          const sent = reports
            .filter(({ isLast }) => isLast || pick(3) > 0)
            .flatMap((one) => (pick(2) ? [one] : [one, one]));
          sent.sort(() => pick(3) - 1);
          const documents = sent.map(({ source, minutesAgo, kind, count }) => {
            const at = new Date(now - minutesAgo * minute);
            return usageDocument({ environmentId: shop.environment.id, source, at, counts: { [kind]: count } });
          });
          for (let at = 0; at < documents.length; at += 3) {
            const answers = await Promise.all(documents.slice(at, at + 3).map((one) => tell("metrics", one)));
            expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
          }
          const expected = new Map<string, number>();
          for (const { minutesAgo, kind, grows } of all) {
            const key = `${new Date(now - minutesAgo * minute).toISOString().slice(0, 10)} ${kind}`;
            expected.set(key, (expected.get(key) ?? 0) + sum(grows));
          }
          const kept = await control.db.select().from(usageDays);
          expect(new Map(kept.map(({ day, kind, amount }) => [`${day} ${kind}`, amount]))).toEqual(expected);
        },
      ),
      { seed: testSeed, numRuns: 25 },
    );
  });

  test("counts on for the month when the environment is gone, also what comes after that", async () => {
    const gone = await anEnvironment(control, "gone");
    const id = await idOf(gone);
    const of = { environmentId: gone.environment.id, at: new Date(now) };
    await tell("metrics", usageDocument({ ...of, counts: { reads: 5, writes: 2 } }));
    await control.db.delete(environments).where(eq(environments.id, gone.environment.id));
    await tell("metrics", usageDocument({ ...of, counts: { reads: 9 } }));
    const usage = await usageOf(control.db, id, monthOf(new Date(now)));
    expect(usage.totals).toMatchObject({ reads: 9, writes: 2, mails: 0 });
    expect(usage.places).toMatchObject([{ project: "Shop", environment: "production" }]);
    expect((await meteredUsage(control.db, id)).at(-1)).toEqual({ month: monthOf(new Date()), requests: 11 });
  });

  test("of what is stored keeps the most of a day, and adds up what several environments have", async () => {
    const stored = await anEnvironment(control, "stored");
    const of = { environmentId: stored.environment.id, at: new Date(now), name: "gantry.database.size" };
    for (const value of [9_000, 12_000, 10_000]) await tell("metrics", gaugeDocument({ ...of, value }));
    await tell("metrics", gaugeDocument({ ...of, name: "gantry.files.size", value: 700 }));
    const { totals } = await usageOf(control.db, await idOf(stored), monthOf(new Date(now)));
    expect(totals).toMatchObject({ databaseBytes: 12_000, fileBytes: 700 });
  });

  test("is counts alone: names that are none of ours, and what is of nobody, leave nothing", async () => {
    await control.db.delete(usageDays);
    const counts = { __proto__x: 1, constructor: 2, databaseBytes: 3, secrets: 4 };
    await tell("metrics", usageDocument({ environmentId: shop.environment.id, at: new Date(now), counts }));
    const nobody = crypto.randomUUID();
    await tell("metrics", usageDocument({ environmentId: nobody, at: new Date(now), counts: { reads: 1 } }));
    expect(await control.db.select().from(usageDays)).toEqual([]);
    expect((await usageOf(control.db, organisationId, monthOf(new Date(now)))).totals.reads).toBe(0);
  });
});

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
