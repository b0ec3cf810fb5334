import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { handleTrpc } from "./handler.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());

const base = "http://localhost:3000/api/trpc";

function post(path: string, input: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = typeof input === "string" ? input : JSON.stringify(superjson.serialize(input));
  return handleTrpc(
    new Request(`${base}/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "localhost:3000", ...headers },
      body,
    }),
  );
}

async function failureOf(response: Response) {
  const { error } = (await response.json()) as { error: { json: { message: string; data: Record<string, unknown> } } };
  return { status: response.status, message: error.json.message, ...error.json.data };
}

const ada = { email: "ada@example.com", name: "Ada Lovelace", password: "analytical engine" };

test("signing up answers the same for a new, a known and again a known address with another password", async () => {
  const answers = [];
  for (const input of [ada, ada, { ...ada, password: "something else entirely" }]) {
    const response = await post("accounts.signUp", input);
    answers.push({ status: response.status, body: await response.text(), headers: [...response.headers] });
  }
  expect(answers[0]).toMatchObject({ status: 200, body: '{"result":{"data":{"json":{"accepted":true}}}}' });
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test("what is wrong with a form is said of each field, the same for known and unknown addresses", async () => {
  const failures = [];
  for (const email of [ada.email, "unknown@example.com"]) {
    failures.push(await failureOf(await post("accounts.signUp", { email, name: " ", password: "password123" })));
  }
  expect(failures[0]).toMatchObject({
    status: 422,
    code: "invalid_input",
    httpStatus: 422,
    fields: [
      { field: "name", rule: "minLength", message: "Fill this in." },
      { field: "password", rule: "common" },
    ],
  });
  expect({ ...failures[1], requestId: null }).toEqual({ ...failures[0], requestId: null });
});

test.each([
  [{ email: "no address", name: "A", password: "analytical engine" }, [["email", "email"]]],
  [{ email: "a@example.com", name: "A\u0000B", password: "analytical engine" }, [["name", "pattern"]]],
  [{ email: "a@example.com", name: "A", password: "short" }, [["password", "minLength"]]],
  [{ email: "someone.long@example.com", name: "A", password: "someone.long" }, [["password", "common"]]],
  [
    {},
    [
      ["email", "required"],
      ["name", "required"],
      ["password", "required"],
    ],
  ],
  [[], [["", "type"]]],
  [
    { email: 1, name: ["x"], password: {} },
    [
      ["email", "type"],
      ["name", "type"],
      ["password", "type"],
    ],
  ],
  [null, [["", "type"]]],
])("%j is refused field by field", async (input, fields) => {
  const failure = await failureOf(await post("accounts.signUp", input));
  expect(failure.status).toBe(422);
  expect(
    (failure as unknown as { fields: { field: string; rule: string }[] }).fields.map((f) => [f.field, f.rule]),
  ).toEqual(fields);
});

describe("changes are taken from our own pages and from programs only", () => {
  const refused = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
  test.each([
    [{ origin: "https://evil.example" }],
    [{ origin: "null" }],
    [{ origin: "http://localhost:4000" }],
    [refused],
    [{ ...refused, "sec-fetch-site": "same-site" }],
    [{ ...refused, "sec-fetch-site": "none" }],
  ])("refused: %j", async (headers) => {
    const response = await post("accounts.signUp", ada, headers);
    expect(response.status).toBe(403);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "forbidden", status: 403 });
  });

  test.each([
    [{}],
    [{ origin: "http://localhost:3000" }],
    [{ origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }],
    [{ origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }],
  ])("taken: %j", async (headers) => {
    expect((await post("accounts.signUp", {}, headers)).status).toBe(422);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
    "a body of type %o, which a form could send, is refused",
    async (type) => {
      const response = await post("accounts.signUp", ada, { "content-type": type });
      expect(response.status).toBe(415);
    },
  );

  test("a change asked for with GET is refused", async () => {
    const input = encodeURIComponent(JSON.stringify(superjson.serialize(ada)));
    const response = await handleTrpc(new Request(`${base}/accounts.signUp?input=${input}`));
    expect(await failureOf(response)).toMatchObject({ status: 405, code: "method_not_allowed" });
  });
});

test("malformed requests get a 4xx with our codes", async () => {
  expect(await failureOf(await post("accounts.signUp", "{"))).toMatchObject({ status: 400, code: "invalid_request" });
  expect(await failureOf(await post("accounts.nothing", {}))).toMatchObject({ status: 404, code: "not_found" });
  expect(await failureOf(await handleTrpc(new Request(`${base}/organisations.list`)))).toMatchObject({
    status: 401,
    code: "unauthenticated",
  });
  const large = await post("accounts.signUp", { ...ada, name: "x".repeat(5 * 1024 * 1024) });
  expect(large.status).toBe(413);
  const batch = Array.from({ length: 21 }, () => "accounts.me").join(",");
  expect((await handleTrpc(new Request(`${base}/${batch}?batch=1&input={}`))).status).toBe(400);
});

test("too many tries answer 429 with the time to wait", async () => {
  const input = { ...ada, email: "storm@example.com" };
  const answers = await Promise.all(Array.from({ length: 12 }, () => post("accounts.signUp", input)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(2);
  const seconds = Number(refused[0]?.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(3600);
  if (refused[0])
    expect(await failureOf(refused[0])).toMatchObject({ code: "rate_limited", retryAfterSeconds: seconds });
});

test("a defect is logged under the request's name, without values of the statement, and answers without its text", async () => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  const rename = "alter table users rename to people";
  const back = "alter table people rename to users";
  await plane.db.execute(rename);
  try {
    const failure = await failureOf(await post("accounts.signUp", { ...ada, email: "defect@example.com" }));
    expect(failure).toMatchObject({ status: 500, code: "internal", fields: [] });
    expect(JSON.stringify(failure)).not.toMatch(/users|insert|relation/i);
    const [line = "{}"] = lines;
    expect(JSON.parse(line)).toMatchObject({ requestId: (failure as { requestId?: string }).requestId });
    expect(line).toContain("42P01");
    expect(line).not.toMatch(/defect@example\.com|\$argon2/);
  } finally {
    write.mockRestore();
    await plane.db.execute(back);
  }
});
