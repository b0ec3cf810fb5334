import { describe, expect, test } from "vitest";
import { problemsAt } from "../testing/markedSources.ts";

const domain = {
  "domain/person.ts": `resource("Person", {
    attributes: { email: email({ required: true, unique: true }), name: text(), phone: text({ sensitive: true }) },
  })`,
  "domain/deal.ts": `resource("Deal", {
    attributes: {
      title: text({ required: true }),
      amount: decimal(),
      stage: choice(["lead", "won"], { default: "lead" }),
      paper: file(),
    },
    relationships: { owner: belongsTo("Person") },
    calculations: { half: decimal("amount / 2.0") },
    actions: {
      read: {}, create: {}, update: {}, destroy: {},
      close: update({ accept: ["amount"], arguments: { reason: text({ required: true }) }, set: { stage: "'won'" } }),
      large: read({ arguments: { least: decimal({ required: true }) }, where: "amount >= arguments.least" }),
    },
  })`,
  "functions/vat.ts": `fn("vat", { parameters: { amount: decimal({ required: true }) }, returns: decimal() }, ({ amount }) => amount)`,
  "processes/remind.ts": `process("remind", { input: { deal: uuid({ required: true }) }, starts: [onCall()], steps: {} })`,
  "gantry.config.ts": `import { app, http, model } from "gantry";
export default app({
  name: "Shop",
  roles: ["manager", "sales"],
  users: "Person",
  connections: {
    shop: http({ url: "https://shop.example" }),
    assistant: model({ url: "https://llm.example/v1", model: "small" }),
  },
});`,
};

/** The one problem of a process with these parts, which stands where the text is marked. */
function problemIn(parts: string, code = "") {
  const text = `process("work", { input: { deal: uuid({ required: true }) }, ${parts} })`;
  const { problems, places, marks } = problemsAt({ ...domain, "processes/work.ts": text }, code);
  const own = problems.filter(
    ({ file, severity }) => file === "processes/work.ts" && (severity === "error" || code !== ""),
  );
  expect(places).toEqual(marks);
  expect(own.map((problem) => problem.code)).toHaveLength(1);
  return own[0] ?? { code: "", message: "" };
}

const steps = (text: string) => `steps: { ${text} }`;

describe("expressions", () => {
  test.each([
    [steps(`a: find("Person", "input.deal"), b: fail("steps.a.«nam»")`), "unknown_name", "did you mean `name`?"],
    [steps(`a: find("Person", "input.deal"), b: fail("steps.a.«phone»")`), "unknown_name", "not in sight of processes"],
    [steps(`b: fail("steps.«a».name"), a: find("Person", "input.deal")`), "unknown_name", "no `a`"],
    [steps(`a: act("Deal", "update", { key: "input.deal", input: { amount: "«'much'»" } })`), "wrong_type", "decimal"],
    [steps(`a: find("Deal", "«now()»")`), "wrong_type", "UUID"],
    [steps(`a: fail("'x'", { when: "«input.deal»" })`), "wrong_type", "true or false"],
    [steps(`a: select("Deal"), b: forEach("«input.deal»", { as: "row", steps: {} })`), "wrong_type", "a list"],
    [
      steps(`a: select("Deal"), b: mail({ to: «"steps.a.map(row, row.amount)"», subject: "''", text: "''" })`),
      "wrong_type",
      "a mail goes to",
    ],
    [
      `starts: [onChange("Deal", { when: "stage == «'wn'»", input: { deal: "id" } })], ${steps("")}`,
      "bad_literal",
      "won",
    ],
    [`starts: [onSchedule("0 9 * * *", { input: { deal: "«scheduledAt»" } })], ${steps("")}`, "wrong_type", "UUID"],
    [`starts: [onCall({ allow: "actor.role == «'boss'»" })], ${steps("")}`, "bad_literal", "manager"],
    [`${steps("")}, output: { a: text("«steps».b") }`.replace("«steps».b", "steps.«b»"), "unknown_name", "no `b`"],
    [steps(`a: find("Deal", "input.deal"), b: fail("steps.a.«owner».name")`), "unknown_name", "by a step"],
    [steps(`a: find("Deal", "input.deal"), b: fail("string(steps.a.«half»)")`), "unknown_name", "worked out"],
  ])("%s", (parts, code, said) => {
    const problem = problemIn(parts);
    expect(problem.message).toContain(said);
    expect(problem.code).toBe(code);
  });

  test("what follows from a problem is not told again", () => {
    problemIn(steps(`a: find(«"Deel"», "input.deal"), b: fail("steps.a.title", { when: "steps.a.amount > 1" })`));
    problemIn(steps(`a: forEach("steps.«rows»", { as: "row", steps: { b: find("Deal", "row.id") } })`));
  });

  test("a wrong name is mended with one click", () => {
    const text = `process("work", { input: { deal: uuid() }, steps: { a: find("Person", "input.del") } })`;
    const { problems } = problemsAt({ ...domain, "processes/work.ts": text });
    expect(problems[0]?.fix?.command).toEqual({
      type: "setExpression",
      path: ["processes", "work", "steps", "a", "key"],
      to: "input.deal",
    });
  });
});

describe("names", () => {
  test.each([
    [steps(`«A»: fail("''")`), "name_shape"],
    [steps(`«constructor»: fail("''")`), "reserved_name"],
    [steps(`a: select("Deal"), b: forEach("steps.a", { as: «"input"», steps: {} })`), "reserved_name"],
    [
      steps(
        `a: select("Deal"), b: forEach("steps.a", { as: "row", steps: { c: forEach("steps.a", { as: «"row"», steps: {} }) } })`,
      ),
      "reserved_name",
    ],
    [steps(`a: request("GET", "'/x'", { connection: "shop", take: { «status»: text("/x") } })`), "reserved_name"],
    [steps(`a: request("GET", "'/x'", { connection: "shop", headers: { «Host»: "''" } })`), "reserved_name"],
    [steps(`a: emit(«"Deal Won"»)`), "name_shape"],
  ])("%s", (parts, code) => {
    expect(problemIn(parts).code).toBe(code);
  });

  test("processes and functions have one space of names", () => {
    const { problems } = problemsAt({
      ...domain,
      "functions/remind.ts": `fn("remind", { returns: text() }, () => "")`,
    });
    expect(problems.map(({ code, file }) => [code, file])).toEqual([["duplicate_name", "functions/remind.ts"]]);
  });
});

describe("what is spoken of is there", () => {
  test.each([
    [steps(`a: find(«"Deel"», "input.deal")`), "unknown_target", "Did you mean `Deal`?"],
    [steps(`a: act("Deal", «"cloze"», { key: "input.deal" })`), "unknown_action", "Did you mean `close`?"],
    [steps(`a: act("Deal", «"large"», { key: "input.deal" })`), "unknown_action", "changes records"],
    [steps(`a: act("Deal", «"update"»)`), "missing_option", "key"],
    [steps(`a: act("Deal", "create", { key: «"input.deal"», input: { title: "''" } })`), "unneeded_key", "no key yet"],
    [steps(`a: select("Deal", { where: { «stge»: "'lead'" } })`), "unknown_field", "Did you mean `stage`?"],
    [steps(`a: select("Deal", { order: [«"-amunt"»] })`), "unknown_field", "Did you mean `amount`?"],
    [steps(`a: select("Deal", { action: «"big"» })`), "unknown_action", "that reads"],
    [steps(`a: compute(«"vta"», { input: {} })`), "unknown_target", "Did you mean `vat`?"],
    [steps(`a: run(«"remnd"»)`), "unknown_target", "Did you mean `remind`?"],
    [steps(`a: request("GET", "'/x'", { connection: «"shp"» })`), "unknown_target", "Did you mean `shop`?"],
    [steps(`a: ask(«"shop"», { prompt: "''", returns: { a: text() } })`), "unknown_target", "not of the kind `model`"],
    [`starts: [onChange(«"Deel"», { input: { deal: "id" } })], ${steps("")}`, "unknown_target", "Did you mean `Deal`?"],
    [
      `starts: [onChange("Deal", { actions: [«"read"»], input: { deal: "id" } })], ${steps("")}`,
      "unknown_action",
      "changes",
    ],
    [
      `starts: [onChange("Deal", { fields: [«"owner"»], input: { deal: "id" } })], ${steps("")}`,
      "unknown_field",
      "ownerId",
    ],
  ])("%s", (parts, code, said) => {
    const problem = problemIn(parts);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(said);
  });
});

describe("inputs", () => {
  test.each([
    [`starts: [«onSchedule("0 9 * * *")»], ${steps("")}`, "missing_input"],
    [`starts: [onChange("Deal", { input: { deal: "id", «del»: "id" } })], ${steps("")}`, "unknown_argument"],
    [steps(`«a»: run("remind")`), "missing_input"],
    [steps(`«a»: compute("vat")`), "missing_input"],
    [steps(`a: compute("vat", { input: { amount: "1", «rate»: "2" } })`), "unknown_argument"],
    [steps(`«a»: act("Deal", "create")`), "missing_input"],
    [steps(`«a»: act("Deal", "close", { key: "input.deal" })`), "missing_input"],
    [steps(`a: act("Deal", "close", { key: "input.deal", input: { reason: "''", «title»: "''" } })`), "unknown_field"],
    [steps(`a: act("Deal", "update", { key: "input.deal", input: { «ownerId»: "input.deal" } })`), "unknown_field"],
    [steps(`a: act("Deal", "update", { key: "input.deal", input: { «paper»: "''" } })`), "not_settable"],
    [steps(`«a»: select("Deal", { action: "large" })`), "missing_input"],
  ])("%s", (parts, code) => {
    expect(problemIn(parts).code).toBe(code);
  });
});

describe("times, sizes, hooks and pointers", () => {
  const hook = (text: string) => `starts: [onHook("paid", { ${text} })], ${steps("")}`;
  test.each([
    [`starts: [onSchedule(«"0 9 * *"», { input: { deal: "''" } })], ${steps("")}`, "cron"],
    [`starts: [onSchedule("0 9 * * *", { zone: «"Europe/Berln"», input: { deal: "''" } })], ${steps("")}`, "zone"],
    [steps(`a: fail("''", { timeout: «"P1M"» })`), "duration"],
    [steps(`a: fail("''", { retry: { attempts: 3, pause: «"-PT1S"» } })`), "out_of_range"],
    [steps(`a: fail("''", { retry: { attempts: «0» } })`), "out_of_range"],
    [steps(`«a»: wait({})`), "wait"],
    [steps(`«a»: wait({ for: "'PT1H'", until: "now()" })`), "wait"],
    [steps(`a: repeat("true", { atMost: «1001», steps: {} })`), "out_of_range"],
    [steps(`a: select("Deal", { limit: «0» })`), "out_of_range"],
    [steps(`a: branch(«[]»)`), "empty_group"],
    [hook(`signature: «{ scheme: "stripe" }», input: { deal: "/id" }`), "missing_option"],
    [hook(`signature: { scheme: "stripe", secret: «"whsec_123"» }, input: { deal: "/id" }`), "name_shape"],
    [hook(`signature: { scheme: "none", secret: «"A"» }, input: { deal: "/id" }`), "unneeded_option"],
    [hook(`signature: «{ scheme: "hmac", secret: "A" }», input: { deal: "/id" }`), "missing_option"],
    [hook(`signature: { scheme: "none" }, input: { deal: «"id"» }`), "pointer"],
  ])("%s", (parts, code) => {
    expect(problemIn(parts.replaceAll(`deal: "''"`, `deal: "null"`)).code).toBe(code);
  });
});

describe("processes that start themselves", () => {
  const change = `starts: [onChange("Deal", { actions: ["update"], input: { deal: "id" } })]`;
  const edit = `act("Deal", "update", { key: "input.deal", input: { title: "'x'" } })`;

  test("an unguarded round is refused, with the way round", () => {
    const problem = problemIn(`${change}, ${steps(`«a»: ${edit}`)}`);
    expect(problem.code).toBe("trigger_loop");
    expect(problem.message).toContain("`work` does `update` to Deal (`a`), which starts `work`");
  });

  test("a guarded one is told", () => {
    const guarded = `starts: [onChange("Deal", { when: "stage == 'won'", input: { deal: "id" } })]`;
    expect(problemIn(`${guarded}, ${steps(`«a»: ${edit}`)}`, "trigger_loop")).toMatchObject({ severity: "warning" });
  });

  test("one that changes other fields than it starts by is none", () => {
    const text = `process("work", { input: { deal: uuid() },
      starts: [onChange("Deal", { actions: ["update"], fields: ["stage"], input: { deal: "id" } })], steps: { a: ${edit} } })`;
    expect(problemsAt({ ...domain, "processes/work.ts": text }, "trigger_loop").problems).toEqual([]);
    const closes = text.replace(edit, `act("Deal", "close", { key: "input.deal", input: { reason: "''" } })`);
    expect(problemsAt({ ...domain, "processes/work.ts": closes }, "trigger_loop").problems).toMatchObject([
      { code: "trigger_loop", severity: "warning" },
    ]);
  });

  test("the way leads through processes that are called", () => {
    const other = `process("other", { input: { deal: uuid({ required: true }) }, steps: { «b»: ${edit} } })`;
    const work = `process("work", { input: { deal: uuid() }, ${change}, ${steps(`a: run("other", { input: { deal: "input.deal" }, detached: true })`)} })`;
    const { problems } = problemsAt({ ...domain, "processes/other.ts": other, "processes/work.ts": work });
    expect(problems.map(({ code, message }) => [code, message.includes("runs it (`a`)")])).toEqual([
      ["trigger_loop", true],
    ]);
  });
});

describe("functions", () => {
  test.each([
    [`fn("tax", { parameters: { «A»: decimal() }, returns: decimal() }, () => "")`, "name_shape"],
    [`fn("tax", { returns: «file()» }, () => "")`, "not_here"],
    [
      `fn("tax", { returns: decimal(), examples: [{ given: «{ rate: "1" }», returns: "1" }] }, () => "")`,
      "unknown_argument",
    ],
    [`fn("tax", { returns: decimal() }, «async () => ""»)`, "wrong_type"],
    [`fn("tax", { returns: decimal() }, «(a, b) => ""»)`, "wrong_type"],
    [`fn("tax", { returns: decimal() }, «"text"»)`, "wrong_type"],
    [`«fn("tax", { returns: decimal() })»`, "missing_option"],
  ])("%s", (text, code) => {
    const { problems, places, marks } = problemsAt({ ...domain, "functions/tax.ts": text });
    expect(places).toEqual(marks);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe("connections and sign-in", () => {
  const config = (text: string) => ({
    ...domain,
    "gantry.config.ts": `import { app, basic, bearer, header, http, model, secret } from "gantry";
export default app({ name: "Shop", roles: ["manager"], users: "Person", ${text} });`,
  });
  const shop = (text: string) => `connections: { shop: http({ ${text} }) }`;
  const way = (text: string) => `auth: { password: true, email: "email", ${text} }`;
  test.each([
    [shop(`url: «"ftp://a.example"»`), "url"],
    [shop(`url: «"https://me:word@a.example"»`), "url"],
    [shop(`url: «secret("where")»`), "name_shape"],
    [shop(`url: "https://a.example", authorization: «bearer("sk-1")»`), "name_shape"],
    [`connections: { «assistant»: model({ url: "https://a.example" }) }`, "missing_option"],
    [way(`defaultRoles: [«"boss"»]`), "unknown_role"],
    [way(`totp: { required: [«"mnager"»] }`), "unknown_role"],
    [way(`redirects: [«"http://shop.example"»]`), "url"],
    [way(`providers: { a: { issuer: «"http://a.example"», clientId: "x" } }`), "url"],
    [way(`providers: { a: { issuer: "https://a.example", clientId: "x", clientSecret: «"abc"» } }`), "name_shape"],
    [
      way(`issuers: [{ issuer: "https://a.example", audience: "x", roles: { claim: "r", map: { a: «"boss"» } } }]`),
      "unknown_role",
    ],
    [way(`password: { minLength: «4» }`).replace("password: true, ", ""), "out_of_range"],
    [`auth: { password: true, email: «"phone"» }`, "not_unique"],
    [`auth: { password: true, email: «"emal"» }`, "unknown_field"],
    [`auth: «{ password: true }»`, "missing_option"],
    [`auth: «{ redirects: ["https://a.example/"] }»`, "missing_option"],
  ])("%s", (text, code) => {
    const { problems, places, marks } = problemsAt(config(text));
    expect(places).toEqual(marks);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });

  test("addresses of this machine, of apps with schemes of their own and their beginnings will do", () => {
    const text = way(`redirects: ["http://localhost:3000/in", "com.example.shop://in", "https://shop.example/"],
      providers: { a: { issuer: "http://127.0.0.1:9000", clientId: "x" } }`);
    expect(problemsAt(config(text)).problems).toEqual([]);
  });
});
