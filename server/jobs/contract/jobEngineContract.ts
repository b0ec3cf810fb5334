import type { Inngest, InngestFunction } from "inngest";
import { invoke, NonRetriableError, RetryAfterError } from "inngest";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Journal } from "./Journal.ts";
import { startTestApplication, testClient } from "./TestApplication.ts";

/** A running job engine, synced with the application at `serveUrl`. */
export interface EngineUnderTest extends AsyncDisposable {
  readonly url: string;
}

/** An engine before it is started. */
export interface EngineTraits {
  /** The secrets that it shares with the application. */
  readonly keys: { readonly eventKey: string; readonly signingKey: string };
  /** Of one that runs already. */
  readonly url?: string;
  /** Whether it promises more than Inngest does (docs/operations/jobs.md): no function may rely on that. */
  readonly isStricter: boolean;
}

export type StartEngine = (serveUrl: string) => Promise<EngineUnderTest>;

interface Scene extends AsyncDisposable {
  readonly client: Inngest;
  readonly journal: Journal;
  readonly engine: EngineUnderTest;
  readonly serveUrl: string;
}

interface Run {
  readonly run_id: string;
  readonly function_id: string;
  readonly status: string;
  readonly output: unknown;
}

/** The promises that Gantry's functions rely on, whichever engine runs them. */
export function describeJobEngine(name: string, startEngine: StartEngine, traits: EngineTraits): void {
  const { keys } = traits;

  async function scene(define: (client: Inngest, journal: Journal) => InngestFunction.Like[]): Promise<Scene> {
    let { url = "" } = traits;
    const journal = new Journal();
    const client = testClient(() => url, keys);
    const application = await startTestApplication(client, define(client, journal));
    const engine = await startEngine(application.url);
    url = engine.url;
    return {
      client,
      journal,
      engine,
      serveUrl: application.url,
      async [Symbol.asyncDispose]() {
        await engine[Symbol.asyncDispose]();
        await application[Symbol.asyncDispose]();
      },
    };
  }

  async function runsOf({ engine }: Scene, eventId: string): Promise<readonly Run[]> {
    const response = await fetch(`${engine.url}/v1/events/${eventId}/runs`, {
      headers: { authorization: `Bearer ${keys.signingKey}` },
    });
    const { data }: { data: readonly Run[] } = await response.json();
    return data;
  }

  describe(name, () => {
    test("runs the steps of a function in order, each once, and hands on their results", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "sum", triggers: { event: "sum" } }, async ({ event, step }) => {
          const one = await step.run("one", () => journal.note("one", Number(event.data.start) + 1));
          const two = await step.run("two", () => journal.note("two", one * 10));
          journal.add(`sum ${two}`);
          return two;
        }),
      ]);
      await s.client.send({ name: "sum", data: { start: 4 } });
      await s.journal.until("sum 50");
      expect(s.journal.entries).toEqual(["one", "two", "sum 50"]);
    });

    test("keeps text of every kind in events and results as it was", async () => {
      const text = '\u0000 \ud83d\ude80 \u2028 \\ " é';
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "echo", triggers: { event: "echo" } }, async ({ event, step }) => {
          const echo = await step.run("echo", () => event.data.text);
          journal.add(JSON.stringify(echo));
        }),
      ]);
      await s.client.send({ name: "echo", data: { text } });
      await s.journal.until(JSON.stringify(text));
    });

    test("repeats a step that fails, and not the one before it", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "retry", triggers: { event: "retry" } }, async ({ step, attempt }) => {
          await step.run("steady", () => journal.add("steady"));
          await step.run("shaky", () => {
            journal.add(`shaky ${attempt}`);
            if (attempt < 2) throw new Error("not yet");
          });
          journal.add("end");
        }),
      ]);
      await s.client.send({ name: "retry" });
      await s.journal.until("end");
      expect(s.journal.entries).toEqual(["steady", "shaky 0", "shaky 1", "shaky 2", "end"]);
    });

    test("lets a function catch a step that failed for good", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "catch", retries: 1, triggers: { event: "catch" } }, async ({ step }) => {
          try {
            await step.run("doomed", () => {
              journal.add("try");
              throw new Error("no way");
            });
          } catch (error) {
            await step.run("after", () => journal.add(`caught ${error instanceof Error ? error.message : ""}`));
          }
        }),
      ]);
      await s.client.send({ name: "catch" });
      await s.journal.until("caught no way");
      expect(s.journal.entries).toEqual(["try", "try", "caught no way"]);
    });

    test("calls onFailure with the error and the event after the last try", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction(
          {
            id: "fail",
            retries: 1,
            triggers: { event: "fail" },
            onFailure: ({ event, error }) => journal.add(`failed ${error.message} ${event.data.event.data.order}`),
          },
          () => {
            journal.add("try");
            throw new Error("broken");
          },
        ),
        client.createFunction(
          { id: "other", triggers: { event: "never" }, onFailure: () => journal.add("wrong handler") },
          () => {},
        ),
      ]);
      const { ids } = await s.client.send({ name: "fail", data: { order: 7 } });
      await s.journal.until("failed broken 7");
      expect(s.journal.entries).toEqual(["try", "try", "failed broken 7"]);
      const [run] = await runsOf(s, ids[0] ?? "");
      expect(run).toMatchObject({ status: "Failed", output: { message: "broken" } });
    });

    test("does not repeat what says that it cannot succeed", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction(
          { id: "never", triggers: { event: "never" }, onFailure: () => journal.add("failed") },
          async ({ step }) => {
            await step.run("only", () => {
              journal.add("try");
              throw new NonRetriableError("never");
            });
          },
        ),
      ]);
      await s.client.send({ name: "never" });
      await s.journal.until("failed");
      expect(s.journal.entries).toEqual(["try", "failed"]);
    });

    test("waits as long as an error asks for before the next try", async () => {
      const times: number[] = [];
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "later", triggers: { event: "later" } }, async ({ step }) => {
          await step.run("only", () => {
            times.push(Date.now());
            if (times.length === 1) throw new RetryAfterError("wait", 3000);
          });
          journal.add("end");
        }),
      ]);
      await s.client.send({ name: "later" });
      await s.journal.until("end");
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1900);
    });

    test("sleeps, and does nothing again afterwards", async () => {
      const times: number[] = [];
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "sleep", triggers: { event: "sleep" } }, async ({ step }) => {
          await step.run("before", () => journal.note("before", times.push(Date.now())));
          await step.sleep("a while", "1s");
          await step.run("after", () => journal.note("after", times.push(Date.now())));
        }),
      ]);
      await s.client.send({ name: "sleep" });
      await s.journal.until("after");
      expect(s.journal.entries).toEqual(["before", "after"]);
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000);
    });

    test("runs parallel steps at the same time, each once, and goes on when all have ended", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "parallel", triggers: { event: "parallel" } }, async ({ step }) => {
          const meet = async (mine: string, others: string) => {
            journal.add(mine);
            await journal.until(others);
            return mine;
          };
          const all = await Promise.all([
            step.run("a", () => meet("a", "b")),
            step.run("b", () => meet("b", "a")),
            step.sleep("c", "1s"),
          ]);
          const last = await step.run("last", () => journal.note("last", "last"));
          journal.add(JSON.stringify([...all, last]));
        }),
      ]);
      await s.client.send({ name: "parallel" });
      await s.journal.until('["a","b",null,"last"]');
      expect(s.journal.entries.toSorted()).toEqual(['["a","b",null,"last"]', "a", "b", "last"]);
    });

    test("invokes another function and hands back what it returns or how it failed", async () => {
      await using s = await scene((client, journal) => {
        const double = client.createFunction(
          { id: "double", retries: 0, triggers: [invoke(z.object({ value: z.number() }))] },
          async ({ event, step }) => {
            if (event.data.value === 0) throw new NonRetriableError("nothing to double");
            return step.run("double", () => journal.note("double", event.data.value * 2));
          },
        );
        const caller = client.createFunction({ id: "caller", triggers: { event: "call" } }, async ({ step }) => {
          const eight = await step.invoke("eight", { function: double, data: { value: 4 } });
          const failure = await step
            .invoke("zero", { function: double, data: { value: 0 } })
            .catch((error: Error) => error.message);
          journal.add(`${eight} ${failure}`);
        });
        return [double, caller];
      });
      await s.client.send({ name: "call" });
      await s.journal.until("8 nothing to double");
      expect(s.journal.count("double")).toBe(1);
    });

    test("waits for an event that fits, or until the time is over", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "wait", triggers: { event: "ask" } }, async ({ step }) => {
          await step.run("asked", () => journal.add("asked"));
          const answer = await step.waitForEvent("answer", { event: "answer", timeout: "1h", match: "data.order" });
          const none = await step.waitForEvent("none", { event: "nothing", timeout: "1s" });
          journal.add(`${answer?.data.text} ${none}`);
        }),
        // Says when the engine has taken the wait: an event that comes before it would rightly be missed.
        client.createFunction({ id: "poke", triggers: { event: "poke" } }, ({ event }) => {
          journal.add(`poked ${event.data.turn}`);
        }),
      ]);
      await s.client.send({ name: "ask", data: { order: 5 } });
      await s.journal.until("asked");
      // Events that do not fit never end the wait; the one that fits does, as soon as the wait is there.
      for (let turn = 0; !s.journal.entries.some((entry) => entry.startsWith("hello")); turn++) {
        await s.client.send([
          { name: "answer", data: { order: 6, text: "wrong" } },
          { name: "answer", data: { order: 5, text: "hello" } },
          { name: "poke", data: { turn } },
        ]);
        await s.journal.until(`poked ${turn}`);
        if (turn > 50) await s.journal.until("hello null");
      }
      expect(s.journal.entries.filter((entry) => !entry.startsWith("poked"))).toEqual(["asked", "hello null"]);
    });

    test("starts a function for the events that its trigger's condition takes", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction(
          { id: "big", triggers: { event: "order/*", if: "event.data.total > 100 && event.data.kind in ['a', 'b']" } },
          ({ event }) => journal.add(`big ${event.data.total}`),
        ),
        client.createFunction({ id: "all", triggers: { event: "order/made" } }, ({ event }) =>
          journal.add(`all ${event.data.total}`),
        ),
      ]);
      await s.client.send([
        { name: "order/made", data: { total: 50, kind: "a" } },
        { name: "order/made", data: { total: 500, kind: "c" } },
        { name: "order/made", data: { total: 200, kind: "b" } },
      ]);
      await s.journal.until("all 200");
      await s.journal.until("big 200");
      await s.journal.until("all 50");
      await s.journal.until("all 500");
      expect(s.journal.entries.filter((entry) => entry.startsWith("big"))).toEqual(["big 200"]);
    });

    test("never works on two steps of one concurrency key at the same time, and does not hold up other keys", async () => {
      const working = new Map<string, number>();
      await using s = await scene((client, journal) => [
        client.createFunction(
          { id: "ship", triggers: { event: "ship" }, concurrency: { limit: 1, key: "event.data.environment" } },
          async ({ event, step }) => {
            const { environment, number } = event.data;
            const work = async (name: string, rest: () => Promise<void>) => {
              working.set(environment, (working.get(environment) ?? 0) + 1);
              journal.add(`${environment} ${name} ${number} of ${working.get(environment)}`);
              await rest();
              working.set(environment, (working.get(environment) ?? 0) - 1);
            };
            await step.run("begin", () =>
              work("begin", async () => {
                // Both environments are at work at once, or this never ends.
                if (number === 0) await journal.until(`${environment === "a" ? "b" : "a"} begin 0 of 1`);
              }),
            );
            await step.run("end", () => work("end", async () => {}));
          },
        ),
      ]);
      const events = [0, 1, 2].flatMap((number) =>
        ["a", "b"].map((environment) => ({ name: "ship", data: { environment, number } })),
      );
      for (const event of events) await s.client.send(event);
      for (const environment of ["a", "b"]) {
        for (const number of [0, 1, 2]) await s.journal.until(`${environment} end ${number} of 1`);
      }
      expect(s.journal.entries).toHaveLength(12);
    });

    test("takes an event that is sent twice with one id as one", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "once", triggers: { event: "once" } }, ({ event }) =>
          journal.add(`once ${event.data.turn}`),
        ),
      ]);
      // An engine that outlives the test remembers ids for a day.
      const [same, other] = [crypto.randomUUID(), crypto.randomUUID()];
      const { ids } = await s.client.send({ id: same, name: "once", data: { turn: 1 } });
      await s.client.send({ id: same, name: "once", data: { turn: 2 } });
      await s.client.send({ id: other, name: "once", data: { turn: 3 } });
      await s.journal.until("once 1");
      await s.journal.until("once 3");
      expect(s.journal.entries).toHaveLength(2);
      expect(await runsOf(s, ids[0] ?? "")).toHaveLength(1);
    });

    test("cancels a run by an event that fits, and by its id", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction(
          { id: "long", triggers: { event: "long" }, cancelOn: [{ event: "stop", match: "data.order" }] },
          async ({ event, step }) => {
            await step.run("begin", () => journal.add(`begin ${event.data.order}`));
            await step.sleep("long", "1h");
          },
        ),
        client.createFunction({ id: "told", triggers: { event: "inngest/function.cancelled" } }, ({ event }) =>
          journal.add(`cancelled ${event.data.event.data.order}`),
        ),
      ]);
      const sent = await s.client.send([1, 2].map((order) => ({ name: "long", data: { order } })));
      await s.journal.until("begin 1");
      await s.journal.until("begin 2");
      await s.client.send({ name: "stop", data: { order: 2 } });
      await s.journal.until("cancelled 2");
      const [run] = await runsOf(s, sent.ids[0] ?? "");
      const response = await fetch(`${s.engine.url}/v1/runs/${run?.run_id}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${keys.signingKey}` },
      });
      expect(response.ok).toBe(true);
      await s.journal.until("cancelled 1");
    });

    test("takes events only with the key, and the application takes calls only from the engine", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "guarded", triggers: { event: "guarded" } }, () => journal.add("ran")),
      ]);
      const event = JSON.stringify({ name: "guarded", data: {} });
      const refused = await fetch(`${s.engine.url}/e/wrong-key`, { method: "POST", body: event });
      expect(refused.status).toBe(401);
      const runs = await fetch(`${s.engine.url}/v1/events/some/runs`);
      expect(runs.status).toBe(401);
      const call = await fetch(`${s.serveUrl}?fnId=contract-guarded&stepId=step`, {
        method: "POST",
        body: JSON.stringify({ event: JSON.parse(event), events: [], steps: {}, ctx: {} }),
      });
      expect(call.status).toBe(401);
      const sync = await fetch(s.serveUrl, { method: "PUT" });
      expect(sync.status).toBe(401);
      expect(s.journal.entries).toEqual([]);
    });
  });

  describe.runIf(traits.isStricter)(`${name}, beyond what Inngest promises`, () => {
    test("keeps text that is no Unicode", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "echo", triggers: { event: "echo" } }, async ({ event, step }) => {
          journal.add(JSON.stringify(await step.run("echo", () => event.data.text)));
        }),
      ]);
      await s.client.send({ name: "echo", data: { text: "\ud800" } });
      await s.journal.until(JSON.stringify("\ud800"));
    });

    test("says what has become of a run", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "long", triggers: { event: "long" } }, async ({ step }) => {
          await step.run("begin", () => journal.add("begin"));
          await step.sleep("long", "1h");
        }),
        client.createFunction({ id: "told", triggers: { event: "inngest/function.cancelled" } }, () =>
          journal.add("cancelled"),
        ),
      ]);
      const { ids } = await s.client.send({ name: "long" });
      await s.journal.until("begin");
      const [run] = await runsOf(s, ids[0] ?? "");
      expect(run?.status).toBe("Running");
      const headers = { authorization: `Bearer ${keys.signingKey}` };
      await fetch(`${s.engine.url}/v1/runs/${run?.run_id}`, { method: "DELETE", headers });
      await s.journal.until("cancelled");
      expect((await runsOf(s, ids[0] ?? ""))[0]?.status).toBe("Cancelled");
    });

    test("lets parallel chains go on without waiting for each other", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction({ id: "chains", triggers: { event: "chains" } }, async ({ step }) => {
          const long = step.run("long", async () => {
            journal.add("long begins");
            await journal.until("second");
            journal.add("long ends");
          });
          const chain = step
            .run("first", () => journal.add("first"))
            .then(() => step.run("second", () => journal.add("second")));
          await Promise.all([long, chain]);
          journal.add("end");
        }),
      ]);
      await s.client.send({ name: "chains" });
      await s.journal.until("end");
      for (const entry of ["long begins", "first", "second", "long ends"]) expect(s.journal.count(entry)).toBe(1);
    });

    test("keeps to the limit of runs under way per key, and does not hold up other keys", async () => {
      await using s = await scene((client, journal) => [
        client.createFunction(
          { id: "ship", triggers: { event: "ship" }, concurrency: { limit: 1, key: "event.data.environment" } },
          async ({ event, step }) => {
            const { environment, number } = event.data;
            await step.run("begin", async () => {
              journal.add(`${environment} begin ${number}`);
              // Both environments are at work at once, or this never ends.
              if (number === 0) await journal.until(`${environment === "a" ? "b" : "a"} begin 0`);
            });
            await step.run("end", () => journal.add(`${environment} end ${number}`));
          },
        ),
      ]);
      const events = [0, 1, 2].flatMap((number) =>
        ["a", "b"].map((environment) => ({ name: "ship", data: { environment, number } })),
      );
      for (const event of events) await s.client.send(event);
      for (const environment of ["a", "b"]) {
        await s.journal.until(`${environment} end 2`);
        const order = s.journal.entries.filter((entry) => entry.startsWith(environment)).map((entry) => entry.slice(2));
        expect(order).toEqual(["begin 0", "end 0", "begin 1", "end 1", "begin 2", "end 2"]);
      }
    });
  });
}
