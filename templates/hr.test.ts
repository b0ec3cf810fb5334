import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedTemplate, servedTemplate, type TemplateClient } from "#tests/support/servedTemplate.ts";

const id = (kind: string, number: number) => `0197f000-0000-7000-8000-${kind}${number.toString(16).padStart(8, "0")}`;
const department = (number: number) => id("0021", number);
const employee = (number: number) => id("0022", number);
const position = (number: number) => id("002b", number);

/** Helena leads David, who leads Tomás, Lena and Mohamed; Tomás leads Emil; Sofia leads Grace. */
const [helena, david, sofia, priya, tomas, lena, mohamed, grace, emil] = [1, 2, 3, 4, 5, 6, 7, 8, 10].map(employee);

let people: ServedTemplate;
let hr: TemplateClient;
let payroll: TemplateClient;
let recruiter: TemplateClient;
const as = (who: string | undefined) => people.as({ ...(who !== undefined && { id: who }), roles: ["employee"] });

beforeAll(async () => {
  people = await servedTemplate("hr");
  hr = people.as({ ...(priya !== undefined && { id: priya }), roles: ["hr", "employee"] });
  payroll = people.as({ roles: ["payroll"] });
  recruiter = people.as({ roles: ["recruiter"] });
});
afterAll(() => people[Symbol.asyncDispose]());

let made = 0;

/** Someone new in David's department, with a holiday account for 2099. */
async function hired(values: Readonly<Record<string, unknown>> = {}): Promise<{ id: string; account: string }> {
  const person = await hr.post("/employees", {
    firstName: "Ines",
    lastName: "Sousa",
    email: `ines${++made}@company.example`,
    startedOn: "2026-01-05",
    departmentId: department(2),
    positionId: position(6),
    managerId: david,
    salary: "70000",
    ...values,
  });
  expect(person.status).toBe(201);
  const account = await hr.post("/leave-accounts", {
    employeeId: person.body.id,
    leaveTypeId: id("0024", 1),
    year: 2099,
  });
  expect(account.body.entitled).toBe("28.0");
  return { id: person.body.id, account: account.body.id };
}

const ask = (client: TemplateClient, accountId: string, startsOn: string, endsOn: string) =>
  client.post("/leave-requests", { accountId, startsOn, endsOn });
const ids = ({ body }: { readonly body: { readonly data: readonly { readonly id: string }[] } }) =>
  body.data.map((record) => record.id);

describe("employees", () => {
  test("are numbered in the order in which they come", async () => {
    const first = (await hr.get(`/employees/${(await hired()).id}`)).body.number;
    const second = (await hr.get(`/employees/${(await hired()).id}`)).body.number;
    expect((await hr.get(`/employees/${helena}`)).body.number).toBe("E0001");
    expect(first).toMatch(/^E\d{4}$/);
    expect(Number(second.slice(1))).toBe(Number(first.slice(1)) + 1);
  });

  test("show their salary to themselves, the managers above, HR and payroll", async () => {
    const seen = async (client: TemplateClient) => (await client.get(`/employees/${emil}`)).body.salary;
    for (const client of [as(emil), as(tomas), as(david), hr, payroll]) expect(await seen(client)).toBe("24000.00");
    for (const client of [as(lena), as(sofia), recruiter]) expect(await seen(client)).toBeNull();
    expect((await as(emil).get(`/employees/${tomas}`)).body).toMatchObject({ firstName: "Tomás", salary: null });
  });

  test("show private things to themselves and HR only", async () => {
    const own = await hired({ birthday: "1990-02-03", bankAccount: "DE02120300000000202051" });
    const seen = async (client: TemplateClient) => (await client.get(`/employees/${own.id}`)).body;
    expect(await seen(as(own.id))).toMatchObject({ birthday: "1990-02-03", bankAccount: "DE02120300000000202051" });
    expect(await seen(as(david))).toMatchObject({ birthday: null, bankAccount: null, address: null });
    expect(await seen(payroll)).toMatchObject({ birthday: null, bankAccount: "DE02120300000000202051" });
    const [row] = await people.app.sql`select bank_account::text as kept from employees where id = ${own.id}`;
    expect(row?.kept).not.toContain("DE02");
  });

  test("change what is theirs, and nothing else", async () => {
    const own = await hired();
    const changed = await as(own.id).post(`/employees/${own.id}/updateOwn`, { phone: "+49 40 555 199" });
    expect([changed.status, changed.body.phone]).toEqual([200, "+4940555199"]);
    expect((await as(own.id).patch(`/employees/${own.id}`, { salary: "99000" })).status).toBe(403);
    expect((await as(own.id).post(`/employees/${own.id}/updateOwn`, { salary: "99000" })).status).toBe(422);
    expect((await as(own.id).post(`/employees/${lena}/updateOwn`, { phone: "+4940555100" })).status).toBe(403);
    expect((await hr.patch(`/employees/${priya}`, { salary: "119000" })).status).toBe(403);
  });

  test("are paid within the band of their position, and raised by a percentage", async () => {
    const own = await hired();
    const high = await hr.patch(`/employees/${own.id}`, { salary: "98000.01" });
    expect([high.status, high.body.errors[0].message]).toEqual([422, "That is more than is paid for the position."]);
    const early = await hr.post(`/employees/${own.id}/raise`, { percent: "3" });
    expect([early.status, early.body.detail]).toEqual([409, "Only who works here gets a raise."]);
    await hr.post(`/employees/${own.id}/begin`);
    expect((await hr.post(`/employees/${own.id}/raise`, { percent: "3" })).body.salary).toBe("72100.00");
    expect((await hr.post(`/employees/${own.id}/raise`, { percent: "50" })).status).toBe(422);
  });

  test("leave once nobody is led by them, and count no more", async () => {
    const refused = await hr.post(`/employees/${tomas}/leave`, { lastDay: "2099-12-31" });
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      "Give the people whom they lead another manager first.",
    ]);
    const own = await hired({ departmentId: department(4), managerId: priya });
    const headcount = async () => (await hr.get(`/departments/${department(4)}`)).body.headcount;
    const before = await headcount();
    const early = await hr.post(`/employees/${own.id}/leave`, { lastDay: "2020-01-01" });
    expect([early.status, early.body.errors[0].field]).toEqual([422, "endedOn"]);
    await hr.post(`/employees/${own.id}/leave`, { lastDay: "2099-12-31" });
    expect(await headcount()).toBe(before - 1);
    const again = await hr.post(`/employees/${own.id}/begin`);
    expect([again.body.code, again.body.errors[0].allowed]).toEqual(["illegal_transition", ["rehire"]]);
  });

  test("never lead themselves, and managers find their team", async () => {
    expect((await hr.patch(`/employees/${lena}`, { managerId: lena })).body.errors[0].field).toBe("manager");
    expect(ids(await as(tomas).get("/employees:team"))).toEqual([emil]);
    const { body } = await hr.get(`/departments/${department(5)}?fields=payroll,headcount`);
    expect(body).toMatchObject({ payroll: "120000.00", headcount: 2 });
    expect((await as(tomas).get(`/departments/${department(5)}?fields=payroll`)).body.payroll).toBeNull();
  });
});

describe("leave", () => {
  test("counts working days, and takes them from the account once it is approved", async () => {
    const own = await hired();
    const asked = await ask(as(own.id), own.account, "2099-06-01", "2099-06-14");
    expect([asked.status, asked.body]).toMatchObject([201, { status: "requested", days: "10.0" }]);
    const read = async () => (await as(own.id).get(`/leave-accounts/${own.account}?fields=asked,taken,balance`)).body;
    expect(await read()).toMatchObject({ asked: "10.0", taken: null, balance: "28.0" });
    const approved = await as(david).post(`/leave-requests/${asked.body.id}/approve`, { answer: "Enjoy" });
    expect(approved.body).toMatchObject({ status: "approved", decidedById: david, answer: "Enjoy" });
    expect(await read()).toMatchObject({ asked: null, taken: "10.0", balance: "18.0" });
    const half = { accountId: own.account, startsOn: "2099-06-15", endsOn: "2099-06-15", halfDay: true };
    expect((await as(own.id).post("/leave-requests", half)).body.days).toBe("0.5");
  });

  test("is decided by the manager or HR, and by nobody for themselves", async () => {
    const own = await hired();
    const { body } = await ask(as(own.id), own.account, "2099-03-02", "2099-03-03");
    const decide = (client: TemplateClient, request = body.id) => client.post(`/leave-requests/${request}/approve`);
    expect((await decide(as(own.id))).status).toBe(403);
    expect((await decide(as(sofia))).status).toBe(404);
    expect((await decide(as(helena))).status).toBe(403);
    expect(ids(await as(david).get("/leave-requests:toDecide?page[size]=100"))).toContain(body.id);
    expect((await decide(as(david))).status).toBe(200);

    const account = { employeeId: priya, leaveTypeId: id("0024", 1), year: 2099 };
    const mine = await ask(hr, (await hr.post("/leave-accounts", account)).body.id, "2099-03-02", "2099-03-03");
    const refused = await decide(hr, mine.body.id);
    expect([refused.status, refused.body.detail]).toEqual([409, "Nobody approves their own leave."]);
    expect((await decide(as(helena), mine.body.id)).status).toBe(200);
  });

  test("does not overlap, unless the other was cancelled or rejected", async () => {
    const own = await hired();
    const first = await ask(as(own.id), own.account, "2099-07-06", "2099-07-17");
    const second = await ask(as(own.id), own.account, "2099-07-17", "2099-07-20");
    expect([second.status, second.body.errors]).toEqual([
      422,
      [{ field: "startsOn", rule: "check", message: "There is another request for some of these days." }],
    ]);
    expect((await as(david).post(`/leave-requests/${first.body.id}/reject`)).status).toBe(422);
    await as(david).post(`/leave-requests/${first.body.id}/reject`, { answer: "The release" });
    expect((await ask(as(own.id), own.account, "2099-07-17", "2099-07-20")).status).toBe(201);
    const both = await Promise.all(
      ["2099-09-01", "2099-09-02"].map((day) => ask(as(own.id), own.account, day, "2099-09-04")),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
  });

  test("is no more than is left, ends after it starts, and has a working day in it", async () => {
    const own = await hired();
    const long = await ask(as(own.id), own.account, "2099-01-01", "2099-02-28");
    const refused = await as(david).post(`/leave-requests/${long.body.id}/approve`);
    expect([refused.status, refused.body.errors[0].message]).toEqual([422, "There are not that many days left."]);
    const error = async (from: string, to: string) =>
      (await ask(as(own.id), own.account, from, to)).body.errors.map(
        ({ message }: { readonly message: string }) => message,
      );
    expect(await error("2099-06-02", "2099-06-01")).toContain("It ends before it starts.");
    expect(await error("2099-06-06", "2099-06-07")).toContain("There is no working day among these.");
    expect(await error("2098-06-02", "2098-06-03")).toContain("The days are of another year than the account.");
  });

  test("is seen by its owner and the managers above, is cancelled before it begins, and stays once decided", async () => {
    const own = await hired();
    const { body } = await ask(as(own.id), own.account, "2099-10-05", "2099-10-06");
    for (const client of [as(own.id), as(david), as(helena), hr, payroll]) {
      expect((await client.get(`/leave-requests/${body.id}`)).status).toBe(200);
    }
    for (const client of [as(lena), as(sofia)]) {
      expect((await client.get(`/leave-requests/${body.id}`)).status).toBe(404);
    }
    await as(david).post(`/leave-requests/${body.id}/approve`);
    expect((await as(own.id).patch(`/leave-requests/${body.id}`, { endsOn: "2099-10-09" })).status).toBe(403);
    expect((await as(own.id).post(`/leave-requests/${body.id}/cancel`)).body.status).toBe("cancelled");
    const sick = await hr.get("/leave-requests?filter[account.leaveType.name][eq]=Sick leave");
    const past = await hr.post(`/leave-requests/${ids(sick)[0]}/cancel`);
    expect([past.status, past.body.detail]).toEqual([409, "Leave that has begun is not cancelled."]);
    expect((await ask(as(lena), own.account, "2099-11-02", "2099-11-03")).status).not.toBe(201);
  });
});

test("reviews show once they are shared, and are acknowledged by whom they are about", async () => {
  const review = {
    employeeId: mohamed,
    reviewerId: david,
    heldOn: "2099-06-01",
    rating: 4,
    summary: "Tests come first.",
  };
  const written = await as(david).post("/reviews", review);
  expect(written.status).toBe(201);
  const path = `/reviews/${written.body.id}`;
  expect((await as(mohamed).get(path)).status).toBe(404);
  expect((await as(david).post(`${path}/share`)).status).toBe(200);
  expect((await as(david).patch(path, { rating: 5 })).status).toBe(403);
  expect((await as(lena).get(path)).status).toBe(404);
  const read = await as(mohamed).post(`${path}/acknowledge`, { comment: "Thank you" });
  expect(read.body).toMatchObject({ status: "acknowledged", comment: "Thank you" });
  expect((await as(grace).post("/reviews", { ...review, heldOn: "2099-08-01", reviewerId: grace })).status).toBe(403);
  expect((await hr.post("/reviews", { ...review, heldOn: "2099-07-01", reviewerId: mohamed })).status).toBe(422);
});

test("documents are for their owner and HR, confidential ones for HR alone, and contracts are kept", async () => {
  const own = await hired();
  const filed = await hr.post("/documents", { kind: "contract", title: "Contract", employeeId: own.id });
  const secret = await hr.post("/documents", { kind: "other", title: "Note", employeeId: own.id, confidential: true });
  expect(ids(await as(own.id).get("/documents"))).toEqual([filed.body.id]);
  expect((await as(david).get(`/documents/${filed.body.id}`)).status).toBe(404);
  expect((await hr.get(`/documents/${secret.body.id}`)).status).toBe(200);
  expect((await hr.destroy(`/documents/${filed.body.id}`)).status).toBe(403);
  const permit = await hr.post("/documents", { kind: "permit", title: "Permit", employeeId: own.id });
  expect([permit.status, permit.body.errors[0].field]).toEqual([422, "validUntil"]);
});

test("openings are filled place by place, from applications that go through their stages", async () => {
  const opening = await recruiter.post("/job-openings", { title: "Analyst", departmentId: department(2) });
  const apply = async (name: string, email: string) => {
    const { body } = await recruiter.post("/candidates:apply", { name, email });
    return await recruiter.post("/job-applications", { openingId: opening.body.id, candidateId: body.id });
  };
  expect((await apply("Ada", "ada@applicant.example")).body.errors[0].field).toBe("opening");
  expect((await as(lena).get(`/job-openings/${opening.body.id}`)).status).toBe(404);
  await recruiter.post(`/job-openings/${opening.body.id}/publish`);
  expect((await as(lena).get(`/job-openings/${opening.body.id}`)).status).toBe(200);
  const [ada, bea] = [await apply("Ada", "ada@applicant.example"), await apply("Bea", "bea@applicant.example")];
  const step = (who: typeof ada, action: string) => recruiter.post(`/job-applications/${who.body.id}/${action}`);
  for (const who of [ada, bea]) {
    for (const action of ["screen", "invite"]) await step(who, action);
    expect((await step(who, "offer")).body.detail).toBe("Give a score first.");
    await recruiter.patch(`/job-applications/${who.body.id}`, { score: 80 });
    expect((await step(who, "offer")).status).toBe(200);
  }
  const early = await recruiter.post(`/job-openings/${opening.body.id}/fill`);
  expect([early.status, early.body.detail]).toEqual([409, "There are places left to be filled."]);
  expect((await step(ada, "hire")).body.stage).toBe("hired");
  expect((await step(bea, "hire")).body.errors[0].message).toBe("All places are filled.");
  expect((await recruiter.post(`/job-openings/${opening.body.id}/fill`)).body.status).toBe("filled");
  expect((await as(david).get(`/job-applications/${ada.body.id}`)).status).toBe(200);
  expect((await as(sofia).get(`/job-applications/${ada.body.id}`)).status).toBe(404);
});
