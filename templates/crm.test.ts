import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EventReader } from "#server/runtime/realtime/testing/EventReader.ts";
import {
  type Answer,
  type ServedTemplate,
  servedTemplate,
  type TemplateClient,
} from "#tests/support/servedTemplate.ts";

const id = (kind: string, number: number) => `0197f000-0000-7000-8000-${kind}${number.toString(16).padStart(8, "0")}`;
const company = (number: number) => id("0001", number);
const contact = (number: number) => id("0002", number);
const member = (number: number) => id("0003", number);
const deal = (number: number) => id("0004", number);
const product = (number: number) => id("0005", number);

let crm: ServedTemplate;
let manager: TemplateClient;
/** Marcus and Rui sell in the north, Aiko in the south; Jun helps customers. */
let marcus: TemplateClient;
let rui: TemplateClient;
let aiko: TemplateClient;
let support: TemplateClient;
let reader: TemplateClient;

beforeAll(async () => {
  crm = await servedTemplate("crm");
  manager = crm.as({ id: member(1), roles: ["manager"] });
  marcus = crm.as({ id: member(2), roles: ["sales"] });
  aiko = crm.as({ id: member(3), roles: ["sales"] });
  rui = crm.as({ id: member(4), roles: ["sales"] });
  support = crm.as({ id: member(6), roles: ["support"] });
  reader = crm.as({ roles: ["reader"] });
});
afterAll(() => crm[Symbol.asyncDispose]());

/** A new deal of Marcus's. */
let own: string;
beforeEach(async () => {
  const { status, body } = await marcus.post("/deals:start", { title: "New plant", companyId: company(3) });
  expect([status, body.stage, body.ownerId]).toEqual([201, "lead", member(2)]);
  own = body.id;
});

const act = (client: TemplateClient, action: string, body?: unknown) => client.post(`/deals/${own}/${action}`, body);
const titles = ({ body }: Answer) => body.data.map(({ title }: { readonly title: string }) => title);

async function lost(): Promise<void> {
  expect((await act(marcus, "lose", { reason: "price" })).status).toBe(200);
}

describe("a deal", () => {
  test("is numbered in the order in which deals come, year by year", async () => {
    const { body } = await marcus.post("/deals:start", { title: "Another", companyId: company(1) });
    const [first, second] = [(await marcus.get(`/deals/${own}`)).body.number, body.number];
    const year = new Date().getUTCFullYear();
    expect(first).toMatch(new RegExp(`^D-${year}-\\d{4}$`));
    expect(Number(second.slice(-4))).toBe(Number(first.slice(-4)) + 1);
  });

  test("goes through its stages, and gets likelier on the way", async () => {
    expect((await marcus.patch(`/deals/${own}`, { amount: "40000", expectedOn: "2099-03-01" })).status).toBe(200);
    for (const [action, stage, probability, weighted] of [
      ["qualify", "qualified", 25, "10000.00"],
      ["propose", "proposal", 50, "20000.00"],
      ["negotiate", "negotiation", 70, "28000.00"],
      ["win", "won", 100, "40000.00"],
    ]) {
      expect((await act(marcus, String(action))).body).toMatchObject({ stage, probability, weighted });
    }
    const { body } = await manager.get(`/deals/${own}?fields=closedOn,open,daysOpen,overdue`);
    expect(body).toMatchObject({ open: false, daysOpen: 0, overdue: false });
    expect(body.closedOn).toBe(new Date().toISOString().slice(0, 10));
  });

  test("is not won from nowhere, and says where it can go", async () => {
    const { status, body } = await act(marcus, "win");
    expect([status, body.code]).toEqual([409, "illegal_transition"]);
    expect(body.errors).toContainEqual({
      field: "stage",
      rule: "state",
      message: "This deal is lead, from where win does not lead on. Use one of these actions: qualify, lose.",
      allowed: ["qualify", "lose"],
    });
    const byHand = await marcus.patch(`/deals/${own}`, { stage: "won" });
    expect([byHand.status, byHand.body.errors[0]?.allowed]).toEqual([422, ["qualify", "lose"]]);
  });

  test("is not proposed without an amount", async () => {
    await act(marcus, "qualify");
    expect((await act(marcus, "propose")).status).toBe(409);
  });

  test("that is lost says why, and is reopened by managers only", async () => {
    const silent = await act(marcus, "lose");
    expect([silent.status, silent.body.errors[0]?.field]).toEqual([422, "reason"]);
    await lost();
    expect((await act(marcus, "reopen")).status).toBe(403);
    const changed = await marcus.patch(`/deals/${own}`, { title: "Not so lost" });
    expect([changed.status, changed.body.detail]).toEqual([
      409,
      "A finished deal stays as it is. Managers can reopen it.",
    ]);
    const { status, body } = await act(manager, "reopen", { nextStep: "Try again in spring" });
    expect([status, body]).toMatchObject([
      200,
      { stage: "qualified", lostBecause: null, closedOn: null, probability: 25, open: true },
    ]);
  });

  test("does not close before it opens", async () => {
    const { status, body } = await marcus.patch(`/deals/${own}`, { expectedOn: "2020-01-01" });
    expect([status, body.errors[0].message]).toEqual([422, "A deal does not close before it opens."]);
  });

  test("is kept for good once it is won, else hidden and restored", async () => {
    expect((await manager.destroy(`/deals/${deal(1)}`)).status).toBe(403);
    const line = { dealId: own, productId: product(1) };
    const made = await marcus.post("/deal-lines", line);
    expect((await manager.destroy(`/deals/${own}`)).status).toBe(204);
    expect((await manager.get(`/deal-lines/${made.body.id}`)).status).toBe(404);
    expect((await manager.post(`/deals/${own}/restore`)).status).toBe(200);
    expect((await manager.get(`/deal-lines/${made.body.id}`)).status).toBe(200);
  });

  test("remembers who changed what", async () => {
    await act(marcus, "qualify", { nextStep: "Visit them" });
    const { body } = await manager.get(`/deals/${own}/history`);
    expect(body.data[0]).toMatchObject({
      action: "qualify",
      actor: { kind: "user", id: member(2) },
      before: { stage: "lead" },
      after: { stage: "qualified", nextStep: "Visit them" },
    });
  });
});

describe("who sees what", () => {
  test("sales see their own deals and their team's, and no others", async () => {
    const seen = async (client: TemplateClient) => titles(await client.get("/deals?page[size]=100"));
    expect(await seen(marcus)).toEqual(expect.arrayContaining(["Rolling mill", "Spare part portal"]));
    expect(await seen(marcus)).not.toContain("Shop rollout");
    expect(await seen(aiko)).toEqual(expect.arrayContaining(["Shop rollout", "Cold rooms of the harbour"]));
    expect(await seen(aiko)).not.toContain("Rolling mill");
    expect((await aiko.get(`/deals/${own}`)).status).toBe(404);
    const all = (await manager.get("/deals?count=exact")).body.count;
    expect((await support.get("/deals?count=exact")).body.count).toBe(all);
    expect((await reader.get("/deals?count=exact")).body.count).toBe(all);
  });

  test("a colleague's deal is seen, not changed, and nobody makes deals for others", async () => {
    expect((await rui.get(`/deals/${own}`)).status).toBe(200);
    expect((await rui.patch(`/deals/${own}`, { title: "Mine" })).status).toBe(403);
    expect((await rui.post(`/deals/${own}/qualify`)).status).toBe(403);
    const foreign = { title: "For Aiko", companyId: company(1), ownerId: member(3) };
    expect((await rui.post("/deals", foreign)).status).toBe(403);
    expect((await marcus.patch(`/deals/${own}`, { ownerId: member(3) })).status).toBe(403);
    expect((await manager.patch(`/deals/${own}`, { ownerId: member(3) })).status).toBe(200);
  });

  test("margins and costs are for managers", async () => {
    const path = `/deals/${deal(9)}?fields=amount,cost,margin`;
    expect((await manager.get(path)).body).toMatchObject({ amount: "43615.60", cost: "11880.00", margin: "31735.60" });
    expect((await marcus.get(path)).body).toMatchObject({ amount: "43615.60", cost: null, margin: null });
    expect((await support.get(path)).body).toMatchObject({ cost: null, margin: null });
    const { body } = await marcus.get("/deal-lines?fields=unitPrice,unitCost,cost&page[size]=100");
    expect(body.data.length).toBeGreaterThan(0);
    for (const line of body.data) expect(line).toMatchObject({ unitCost: null, cost: null });
    expect((await marcus.get(`/products/${product(3)}`)).body.cost).toBeNull();
    expect((await marcus.get("/deals?filter[margin][gt]=0")).status).toBe(403);
  });

  test("readers change nothing, and strangers see nothing", async () => {
    expect((await reader.get("/companies?count=exact")).body.count).toBe(10);
    expect((await reader.post("/companies", { name: "Ours" })).status).toBe(403);
    expect((await reader.patch(`/deals/${own}`, { title: "x" })).status).toBe(403);
    expect((await crm.as({ roles: [] }).get("/companies")).status).toBe(403);
  });
});

describe("lines", () => {
  test("take price and cost from the product, add up, and become the amount", async () => {
    const line = await marcus.post("/deal-lines", { dealId: own, productId: product(3), quantity: 10, discount: "10" });
    expect([line.status, line.body]).toMatchObject([201, { unitPrice: "899.00", total: "8091.00" }]);
    await marcus.post("/deal-lines", { dealId: own, productId: product(4), quantity: 2, unitPrice: "600" });
    expect((await marcus.get(`/deals/${own}?fields=linesTotal`)).body.linesTotal).toBe("9291.00");
    expect((await act(marcus, "takeLines")).body.amount).toBe("9291.00");
    expect((await manager.get(`/deals/${own}?fields=cost,margin`)).body).toMatchObject({
      cost: "2860.00",
      margin: "6431.00",
    });
  });

  test("have a discount of more than a fifth from managers only", async () => {
    const line = { dealId: own, productId: product(2), discount: "25" };
    expect((await marcus.post("/deal-lines", line)).status).toBe(403);
    expect((await manager.post("/deal-lines", line)).status).toBe(201);
  });

  test("stay as they are once the deal is finished, and are of what is sold", async () => {
    const old = await marcus.post("/deal-lines", { dealId: own, productId: product(7) });
    expect([old.status, old.body.errors[0].message]).toEqual([422, "This is not sold any more."]);
    await lost();
    const late = await manager.post("/deal-lines", { dealId: own, productId: product(1) });
    expect([late.status, late.body.errors[0].field]).toEqual([422, "deal"]);
  });
});

describe("people in a deal", () => {
  test("are of its company, and one of them is the main one", async () => {
    const link = (number: number, main = false) => ({ dealId: own, contactId: contact(number), role: "decides", main });
    expect((await marcus.post("/deal-contacts", link(4, true))).status).toBe(201);
    const second = await marcus.post("/deal-contacts", link(5, true));
    expect([second.status, second.body.code]).toEqual([409, "conflict"]);
    expect((await marcus.post("/deal-contacts", link(5))).status).toBe(201);
    const foreign = await marcus.post("/deal-contacts", link(1));
    expect([foreign.status, foreign.body.errors[0].field]).toEqual([422, "contact"]);
    const { body } = await marcus.get(`/deals/${own}?include=contacts`);
    expect(body.contacts.map(({ lastName }: { readonly lastName: string }) => lastName).sort()).toEqual([
      "Keller",
      "Vogel",
    ]);
  });
});

describe("totals and lists", () => {
  test("companies know what is open and when they were last talked to", async () => {
    const read = async () => (await manager.get(`/companies/${company(8)}`)).body;
    const before = await read();
    expect(before).toMatchObject({ openValue: "12100.00", wonValue: null, lastActivityAt: "2026-11-16T08:20:00Z" });
    const at = "2099-01-01T10:00:00Z";
    const call = { kind: "call", subject: "Called back", at, dealId: deal(11), byId: member(4) };
    expect((await rui.post("/activities", call)).status).toBe(201);
    expect((await rui.post(`/deals/${deal(11)}/lose`, { reason: "noBudget" })).status).toBe(200);
    expect(await read()).toMatchObject({ openValue: "3700.00", lastActivityAt: at });
    const { body } = await manager.get("/companies?sort=-openValue&fields=openValue&filter[openValue][gt]=0");
    const values = body.data.map(({ openValue }: { readonly openValue: string }) => Number(openValue));
    expect(values).toEqual(values.toSorted((one: number, other: number) => other - one));
  });

  test("each finds the own deals, those that close soon, and those nobody cares for", async () => {
    expect(titles(await marcus.get("/deals:mine?page[size]=100"))).toContain("New plant");
    expect(titles(await rui.get("/deals:mine?page[size]=100"))).not.toContain("New plant");
    const soon = titles(await manager.get("/deals:closingWithin?arguments[days]=3650&page[size]=100"));
    expect(soon).toContain("Rolling mill");
    expect(soon).not.toContain("Fleet planning");
    expect(titles(await manager.get("/deals:stale?page[size]=100"))).not.toContain("New plant");
  });

  test("deals are found by their words", async () => {
    expect(titles(await manager.get("/deals?filter[search]=mills"))).toEqual(["Rolling mill"]);
    expect(titles(await aiko.get("/deals?filter[search]=mills"))).toEqual([]);
  });

  test("tasks are ticked off, and put off only while they are open", async () => {
    const made = await marcus.post("/tasks", { title: "Call them", assigneeId: member(2), dueOn: "2020-01-31" });
    expect(made.status).toBe(201);
    const of = (action: string, body?: unknown) => marcus.post(`/tasks/${made.body.id}/${action}`, body);
    expect(titles(await marcus.get("/tasks:overdue"))).toContain("Call them");
    const later = await of("postpone", { days: 3 });
    expect(later.body.dueOn > new Date().toISOString().slice(0, 10)).toBe(true);
    expect((await of("complete")).body).toMatchObject({ status: "done", doneAt: expect.any(String) });
    expect((await of("postpone", { days: 3 })).body.detail).toBe("Only what is open can be put off.");
    const foreign = { title: "For you", assigneeId: member(3) };
    expect((await marcus.post("/tasks", foreign)).status).toBe(403);
  });
});

describe("changes of deals", () => {
  test("are told as they happen, to each what they may see", async () => {
    const listen = (actor: object) =>
      EventReader.listen(crm.app.url, {
        path: "/events?resources=deals&filter[deals][open]=true&fields[deals]=title,stage,margin",
        headers: { authorization: `Bearer ${crm.app.key}`, "gantry-act-as": JSON.stringify(actor) },
      });
    const [forManager, forRui, forAiko] = await Promise.all([
      listen({ id: member(1), roles: ["manager"] }),
      listen({ id: member(4), roles: ["sales"] }),
      listen({ id: member(3), roles: ["sales"] }),
    ]);
    await act(marcus, "qualify");
    const ofOwn = { kind: "updated", id: own, record: { title: "New plant", stage: "qualified" } };
    expect((await forManager.next()).data).toMatchObject({ ...ofOwn, record: { ...ofOwn.record, margin: null } });
    expect((await forRui.next()).data).toMatchObject(ofOwn);
    await lost();
    expect((await forRui.next()).event).toBe("left");
    // Of another team: the first that she is told of is her own.
    const { body } = await aiko.post("/deals:start", { title: "Hers", companyId: company(1) });
    expect((await forAiko.next()).data).toMatchObject({ kind: "created", id: body.id });
    for (const reader of [forManager, forRui, forAiko]) reader.close();
  });
});

describe("processes", () => {
  const listenToTasks = () =>
    EventReader.listen(crm.app.url, {
      path: "/events?resources=tasks&fields[tasks]=title,priority,dueOn,dealId,assigneeId",
      headers: {
        authorization: `Bearer ${crm.app.key}`,
        "gantry-act-as": JSON.stringify({ id: member(1), roles: ["manager"] }),
      },
    });

  test("a deal that is won is handed over by a task for its owner", async () => {
    const tasks = await listenToTasks();
    const { body } = await marcus.get(`/deals/${own}`);
    await marcus.patch(`/deals/${own}`, { amount: "100.00" });
    for (const action of ["qualify", "propose", "win"]) expect((await act(marcus, action)).status).toBe(200);
    const { data } = await tasks.next();
    expect(data).toMatchObject({ kind: "created", record: { dealId: own, assigneeId: member(2), priority: "high" } });
    expect(data.record.title).toBe(`Hand over ${body.number}`);
    expect(new Date(data.record.dueOn).getUTCDay() % 6).not.toBe(0);
    tasks.close();
  });

  test("managers have stale deals asked about, and nobody is asked twice", async () => {
    const chase = async (client: object) => {
      const response = await crm.app.fetch("/processes/chase-stale-deals", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          prefer: "wait=20",
          "gantry-act-as": Buffer.from(JSON.stringify(client)).toString("base64url"),
        },
        body: "{}",
      });
      return { status: response.status, body: await response.json() };
    };
    expect((await chase({ id: member(2), roles: ["sales"] })).status).toBe(403);
    const open = async () => (await manager.get("/tasks?filter[status]=open&page[size]=500")).body.data.length;
    const stale = (await manager.get("/deals:stale")).body.data.length;
    expect(stale).toBeGreaterThan(0);
    const first = await chase({ id: member(1), roles: ["manager"] });
    expect(first.body).toMatchObject({ output: { deals: stale } });
    const after = await open();
    await chase({ id: member(1), roles: ["manager"] });
    expect(await open()).toBe(after);
  });
});
