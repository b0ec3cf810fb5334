import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
beforeEach(async () => {
  await app.sql`truncate deals, companies, lines, tags, deal_tags, contacts restart identity cascade`;
});

const deal = async (values: object = {}) => {
  const { body } = await rest.send("POST", "/deals", { title: "Fine", amount: "100", ...values });
  return body.id as number;
};
const stage = async (id: number) => (await rest.get(`/deals/${id}`)).body.stage;

describe("states", () => {
  test("are changed by their transitions alone, which are actions of their own", async () => {
    const id = await deal();
    const qualified = await app.statements.during(() => rest.send("POST", `/deals/${id}/qualify`));
    expect(qualified.result.status).toBe(200);
    expect(qualified.result.body.stage).toBe("qualified");
    expect(qualified.count).toBe(1);
    const { status, body } = await rest.send("PATCH", `/deals/${id}`, { stage: "won", title: "New" });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        field: "stage",
        rule: "state",
        message: "Only actions change stage. Use one of these actions: win, lose.",
        allowed: ["win", "lose"],
      },
    ]);
    expect((await rest.get(`/deals/${id}`)).body).toMatchObject({ stage: "qualified", title: "Fine" });
  });

  test("may be given as they are", async () => {
    const id = await deal();
    expect((await rest.send("PATCH", `/deals/${id}`, { stage: "lead", title: "New" })).status).toBe(200);
  });

  test("begin with the first", async () => {
    const { status, body } = await rest.send("POST", "/deals", { title: "Fine", stage: "won" });
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field: "stage", rule: "state", allowed: ["lead"] })]);
    expect((await rest.send("POST", "/deals", { title: "Fine", stage: "lead" })).status).toBe(201);
  });

  test("refuse what does not lead on from them, and say what does", async () => {
    const id = await deal();
    const { status, body } = await rest.send("POST", `/deals/${id}/win`);
    expect(status).toBe(409);
    expect(body.code).toBe("illegal_transition");
    expect(body.errors).toEqual([
      {
        field: "stage",
        rule: "state",
        message: "This deal is lead, from where win does not lead on. Use one of these actions: qualify, lose.",
        allowed: ["qualify", "lose"],
      },
    ]);
    expect(await stage(id)).toBe("lead");
  });

  test("are guarded", async () => {
    const id = await deal({ amount: "0" });
    await rest.send("POST", `/deals/${id}/qualify`);
    const { status, body } = await rest.send("POST", `/deals/${id}/win`);
    expect([status, body.code, body.errors[0].rule]).toEqual([409, "illegal_transition", "guard"]);
    expect(body.detail).toContain("amount > 0.0");
  });

  test("lead where they do from each state", async () => {
    const id = await deal();
    for (const [action, reached] of [
      ["lose", "lost"],
      ["reopen", "lead"],
      ["qualify", "qualified"],
      ["win", "won"],
      ["reopen", "qualified"],
    ] as const) {
      expect((await rest.send("POST", `/deals/${id}/${action}`)).body.stage).toBe(reached);
    }
    expect((await rest.send("POST", `/deals/${id}/reopen`)).status).toBe(409);
  });

  test("are left by one of two that want to at once", async () => {
    const id = await deal();
    await rest.send("POST", `/deals/${id}/qualify`);
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 6 }, () => rest.send("POST", `/deals/${id}/win`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
      await rest.send("POST", `/deals/${id}/reopen`);
    }
  });
});

describe("a named update", () => {
  test("takes what it accepts, its arguments, and sets the rest", async () => {
    const id = await deal();
    await rest.send("POST", `/deals/${id}/qualify`);
    const { status, body } = await rest.send("POST", `/deals/${id}/win`, { closedOn: "2026-01-31", reason2: "price" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ stage: "won", closedOn: "2026-01-31", reason: "price" });
  });

  test("refuses all else, and says which action takes it", async () => {
    const id = await deal();
    const { status, body } = await rest.send("POST", `/deals/${id}/win`, {
      amount: "5",
      reason2: "far too long for it",
      reviewedBy: "me",
      nothing: 1,
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ field, rule }: { field: string; rule: string }) => [field, rule])).toEqual([
      ["reason2", "maxLength"],
      ["amount", "readOnly"],
      ["reviewedBy", "readOnly"],
      ["nothing", "unknown"],
    ]);
    expect(body.errors[1].allowed).toEqual(["create", "update", "register"]);
    expect(body.errors[3].allowed).toEqual(["closedOn", "reason2"]);
  });

  test("sets by the record as it was", async () => {
    const id = await deal({ amount: "200" });
    const { body } = await rest.send("POST", `/deals/${id}/discount`, { percent: 25, note: "spring" });
    expect(body).toMatchObject({ amount: "150.00", reason: "spring" });
  });

  test("tells everything that is in its way at once", async () => {
    const id = await deal({ title: "Hopeless" });
    const won = await rest.send("POST", `/deals/${id}/win`, {});
    expect([won.status, won.body.code]).toEqual([409, "illegal_transition"]);
    expect(won.body.errors.map(({ rule }: { rule: string }) => rule)).toEqual(["state", "require"]);
    await rest.send("POST", `/deals/${id}/lose`);
    const cheap = await rest.send("POST", `/deals/${id}/discount`, { percent: 90 });
    expect(cheap.status).toBe(409);
    expect(cheap.body.errors).toEqual([
      { field: "", rule: "require", message: "discount asks for this to be true: stage in ['lead', 'qualified']." },
    ]);
    const less = await rest.send("POST", `/deals/${await deal({ amount: "20" })}/discount`, { percent: 90 });
    expect([less.status, less.body.errors]).toEqual([
      422,
      [{ field: "amount", rule: "check", message: "Less than 10 is too little." }],
    ]);
  });

  test("needs its arguments", async () => {
    const { status, body } = await rest.send("POST", `/deals/${await deal()}/discount`, {});
    expect([status, body.errors]).toEqual([422, [{ field: "percent", rule: "required", message: "Give a value." }]]);
  });

  test.each(["/deals/99/win", "/deals/x/win"])("finds nothing at %s", async (path) => {
    expect((await rest.send("POST", path)).status).toBe(404);
  });

  test("of no such name is not found, and those that are are named", async () => {
    const { status, body } = await rest.send("POST", `/deals/${await deal()}/nothing`);
    expect([status, body.errors[0].allowed]).toEqual([404, ["win", "discount", "purge", "qualify", "lose", "reopen"]]);
  });
});

describe("a named create", () => {
  test("takes what it accepts and sets the rest", async () => {
    const made = await app.statements.during(() =>
      rest.send("POST", "/deals:register", { title: "New", amount: "7", hot: true }),
    );
    expect(made.result.status).toBe(201);
    expect(made.result.headers.get("location")).toMatch(/\/rest\/v1\/deals\/1$/);
    expect(made.result.body).toMatchObject({ title: "New", probability: 90, reviewedBy: "by apiKey", stage: "lead" });
    expect(made.count).toBe(1);
    expect((await rest.send("POST", "/deals:register", { title: "New" })).body.probability).toBe(10);
  });

  test("asks what it requires of the new record, and its own validations", async () => {
    const secret = await rest.send("POST", "/deals:register", { title: "Secret" });
    expect([secret.status, secret.body.errors]).toEqual([
      409,
      [{ field: "", rule: "require", message: "That is a secret." }],
    ]);
    const long = { title: "A title of a good many letters" };
    expect((await rest.send("POST", "/deals:register", long)).status).toBe(422);
    expect((await rest.send("POST", "/deals", long)).status).toBe(201);
  });

  test("refuses what it does not accept", async () => {
    const { status, body } = await rest.send("POST", "/deals:register", { title: "New", probability: 1 });
    expect([status, body.errors[0].field, body.errors[0].rule]).toEqual([422, "probability", "readOnly"]);
  });
});

describe("a named destroy", () => {
  test("asks what it requires", async () => {
    const id = await deal();
    const refused = await rest.send("POST", `/deals/${id}/purge`);
    expect([refused.status, refused.body.detail]).toEqual([409, "Lose it first."]);
    await rest.send("POST", `/deals/${id}/lose`);
    expect((await rest.send("POST", `/deals/${id}/purge`)).status).toBe(204);
    expect((await rest.get(`/deals/${id}`)).status).toBe(404);
  });
});

describe("a named read", () => {
  test("answers the records that it is for, with all that lists understand", async () => {
    for (const amount of ["5", "50", "500"]) await deal({ amount });
    const path = "/deals:above?arguments[least]=50&sort=-amount&fields=amount&count=exact";
    const { status, body } = await rest.get(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: [{ amount: "500.00" }, { amount: "50.00" }], count: 2 });
    const paged = await rest.get("/deals:above?arguments[least]=50&page[size]=1");
    const next = await rest.get(`/deals:above?arguments[least]=50&page[size]=1&page[after]=${paged.body.page.next}`);
    expect(next.body.data).toHaveLength(1);
  });

  test("checks its arguments", async () => {
    expect((await rest.get("/deals:above")).body.errors[0]).toMatchObject({
      field: "arguments[least]",
      rule: "required",
    });
    expect((await rest.get("/deals:above?arguments[least]=much")).status).toBe(422);
    expect((await rest.send("POST", "/deals:above", {})).status).toBe(405);
    expect((await rest.get("/deals:nothing")).status).toBe(404);
  });
});
