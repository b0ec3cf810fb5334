import type { Sources } from "../sources.ts";

const config = `import { app, basic, bearer, header, http, model, secret } from "gantry";
export default app({
  name: "Sales",
  roles: ["manager", "sales"],
  users: "Person",
  auth: {
    password: { minLength: 12 },
    magicLink: true,
    code: false,
    totp: { required: ["manager"] },
    providers: {
      google: {
        issuer: "https://accounts.google.com",
        clientId: "id",
        clientSecret: "GOOGLE_SECRET",
        scopes: ["openid", "email"],
        roles: { claim: "realm_access.roles", map: { admins: "manager" } },
      },
    },
    issuers: [{ issuer: "https://id.example", audience: "api", id: "person_id", tenant: "org" }],
    signUp: "open",
    defaultRoles: ["sales"],
    email: "email",
    redirects: ["https://shop.example/"],
  },
  connections: {
    shop: http({ url: "https://shop.example/api", authorization: bearer("SHOP_TOKEN"), describe: "The shop" }),
    stock: http({ url: secret("STOCK_URL"), authorization: basic("gantry", "STOCK_PASSWORD") }),
    assistant: model({ url: "https://llm.example/v1", model: "small", authorization: header("X-Key", "LLM_KEY") }),
  },
});
`;

const person = `import { email, encrypted, resource, text } from "gantry";
export default resource("Person", { attributes: { email: email({ required: true, unique: true }), name: text(), phone: text({ sensitive: true }), tax: encrypted() }, events: true });
`;

const deal = `import { belongsTo, choice, decimal, hasMany, resource, text } from "gantry";
export default resource("Deal", {
  attributes: { title: text(), stage: choice(["lead", "won"], { default: "lead" }), amount: decimal() },
  relationships: { owner: belongsTo("Person"), invoices: hasMany("Invoice", { via: "deal" }) },
  changeFeed: true,
  events: true,
});
`;

const invoice = `import { belongsTo, boolean, decimal, resource } from "gantry";
export default resource("Invoice", {
  attributes: { amount: decimal({ required: true }), paid: boolean() },
  relationships: { deal: belongsTo("Deal", { required: true }) },
});
`;

const closeDeal = `import {
  act, ask, branch, compute, decimal, emit, fail, find, forEach, integer, mail, onCall, onChange, onHook, onSchedule,
  parallel, process, repeat, request, run, select, text, transform, uuid, wait, waitFor, when,
} from "gantry";

export default process("closeDeal", {
  describe: "Bills what was won",
  input: { deal: uuid({ required: true }), note: text({ maxLength: 20 }) },
  starts: [
    onChange("Deal", { actions: ["update"], fields: ["stage"], when: "stage == 'won'", input: { deal: "id", note: "title" } }),
    onSchedule("0 9 * * 1", { zone: "Europe/Berlin", missed: "once", input: { deal: "'0190b6a2-3c4d-7e5f-8a9b-0c1d2e3f4a5b'" } }),
    onHook("paid", { signature: { scheme: "hmac", secret: "HOOK_SECRET", header: "X-Signature" }, input: { deal: "/data/deal" } }),
    onCall({ allow: "'manager' in actor.roles" }),
  ],
  steps: {
    deal: find("Deal", "input.deal", { describe: "What was won" }),
    owner: find("Person", "steps.deal.ownerId", { when: "steps.deal.ownerId != null" }),
    tax: compute("vat", { input: { amount: "steps.deal.amount" } }),
    total: transform({ gross: decimal("steps.deal.amount + steps.tax", { scale: 2 }) }),
    invoice: act("Invoice", "create", {
      input: { amount: "steps.total.gross", deal: "steps.deal.id" },
      retry: { attempts: 3, pause: "PT10S" },
      timeout: "PT1M",
      onError: { sorry: fail("'No invoice: ' + error.message") },
      compensate: { undo: act("Invoice", "destroy", { key: "steps.invoice.id" }) },
    }),
    pay: request("POST", "'/payments'", {
      connection: "shop",
      headers: { "X-Deal": "string(steps.deal.id)" },
      body: { amount: decimal("steps.total.gross") },
      take: { id: text("/id"), state: text("/state") },
    }),
    pages: repeat("steps.page == null || steps.page.next != null", {
      atMost: 10,
      steps: { page: request("GET", "'/pages'", { connection: "shop", take: { next: text("/next") } }) },
    }),
    rest: select("Deal", { where: { stage: "'lead'" }, order: ["-amount"], limit: 50 }),
    each: forEach("steps.rest", {
      as: "row",
      steps: { touched: act("Deal", "update", { key: "row.id", input: { title: "row.title + '!'" } }) },
      atOnce: 4,
    }),
    which: branch(
      [when("steps.deal.amount > 1000", { big: emit("deal.big", { data: { id: uuid("steps.deal.id") } }) })],
      { otherwise: { small: wait({ for: "'PT1H'" }) } },
    ),
    both: parallel({
      letter: { thanks: mail({ to: "steps.owner.email", subject: "'Won'", text: "steps.deal.title" }) },
      answer: {
        opinion: ask("assistant", { prompt: "steps.deal.title", returns: { mood: text({ required: true }), score: integer() } }),
      },
    }),
    paid: waitFor("Invoice", { match: "id == steps.invoice.id && paid && !previous.paid", within: "P14D" }),
    other: run("remind", { input: { deal: "steps.deal.id" }, detached: true }),
  },
  output: { invoice: uuid("steps.invoice.id") },
  timeout: "P30D",
});
`;

const remind = `import { onCall, process, uuid } from "gantry";
export default process("remind", { input: { deal: uuid() }, starts: [onCall()], steps: {} });
`;

const vat = `import { Decimal, decimal, fn } from "gantry";
export default fn(
  "vat",
  { parameters: { amount: decimal() }, returns: decimal({ scale: 2 }), examples: [{ given: { amount: "100" }, returns: "19.00" }] },
  ({ amount }: { amount: string | null }) => {
    // Exact enough for an example.
    return amount === null ? null : Decimal.of(amount).times("0.19").round(2);
  },
);
`;

/** An app with a process of all kinds of starts and steps, a function, connections and sign-in. */
export const processSources: Sources = {
  "gantry.config.ts": config,
  "domain/person.ts": person,
  "domain/deal.ts": deal,
  "domain/invoice.ts": invoice,
  "processes/close-deal.ts": closeDeal,
  "processes/remind.ts": remind,
  "functions/vat.ts": vat,
};
