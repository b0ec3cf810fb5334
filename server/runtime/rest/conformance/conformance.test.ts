import { describe, expect, test } from "vitest";
import { everythingModel } from "#lib/codegen/openapi/testing/everythingModel.ts";
import { computedModel } from "#lib/compile/testing/computedModel.ts";
import { typesModel } from "#lib/compile/testing/typesModel.ts";
import { type ServedApp, servedApp } from "#tests/support/servedApp.ts";
import { servedTemplate } from "#tests/support/servedTemplate.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { mailServer } from "../../mail/testing/mailServer.ts";
import { Conversation, type Served } from "./testing/Conversation.ts";

/**
 * The document and the API are one: requests are made from the document alone, valid ones and broken ones, and every
 * answer is as the document says. SEED repeats a run.
 */

const seed = testSeed;

interface Opened extends AsyncDisposable {
  readonly app: ServedApp;
}

interface Subject {
  readonly name: string;
  readonly requests: number;
  readonly open: () => Promise<Opened>;
  /** Actors beside the one who may do everything; null sends no key. */
  readonly actors: readonly (object | null)[];
}

const plain = async (model: Parameters<typeof servedApp>[0]): Promise<Opened> => {
  const app = await servedApp(model);
  return { app, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
};

const subjects: readonly Subject[] = [
  {
    name: "crm",
    requests: 2600,
    open: () => servedTemplate("crm"),
    actors: [{ roles: ["sales"] }, { roles: ["manager"] }, null],
  },
  { name: "hr", requests: 2000, open: () => servedTemplate("hr"), actors: [{ roles: [] }, null] },
  {
    name: "everything",
    requests: 900,
    open: async () => {
      const server = await mailServer();
      const mail = { url: server.url, from: "Everything <everything@example.com>", isOwn: true } as const;
      const app = await servedApp(everythingModel, { mail });
      const dispose = async () => {
        await app[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      };
      return { app, [Symbol.asyncDispose]: dispose };
    },
    actors: [{ roles: ["clerk"] }, { roles: [] }, null],
  },
  { name: "types", requests: 1200, open: () => plain(typesModel), actors: [null] },
  { name: "computed", requests: 900, open: () => plain(computedModel), actors: [{ roles: [] }] },
];

const actAs = (actor: object) => Buffer.from(JSON.stringify(actor)).toString("base64url");

function served({ url, key }: ServedApp, actors: Subject["actors"]): Served {
  const headers = { authorization: `Bearer ${key}` };
  const others = actors.map((actor) => (actor ? { ...headers, "gantry-act-as": actAs(actor) } : {}));
  return { url, headers, others: others as Served["others"] };
}

/** How much of what is valid has to succeed, by the beginnings of operations: what is refused may be against a rule. */
const floors: readonly (readonly [names: RegExp, share: number])[] = [
  [/^(list[A-Z]\w*s|summarize_\w+|historyOf\w+)$/, 0.8],
  [/^get[A-Za-z]+$/, 0.7],
  [/^create/, 0.3],
  [/^update/, 0.3],
  [/^destroy/, 0.2],
  [/_(updateMany|destroyMany)$/, 0.3],
  [/./, 0.15],
];

/** Kinds of operations of which too few valid requests succeeded: a suite that is only refused has seen nothing. */
function weak({ shares }: Conversation): readonly string[] {
  const sums = floors.map(([names, share]) => ({ names, share, sent: 0, done: 0 }));
  for (const [id, { sent, done }] of shares) {
    const sum = sums.find(({ names }) => names.test(id));
    if (!sum) continue;
    sum.sent += sent;
    sum.done += done;
  }
  return sums
    .filter(({ sent, done, share }) => done < sent * share)
    .map(({ names, sent, done }) => `${names}: ${done} of ${sent}`);
}

describe(`the API is what its document says (SEED=${seed})`, () => {
  test.each(subjects)("of $name", { timeout: 300_000 }, async ({ open, requests, actors }) => {
    await using opened = await open();
    const conversation = await Conversation.with(served(opened.app, actors), seed);
    await conversation.talk(requests);
    expect([...conversation.failures.values()].join("\n\n")).toBe("");
    expect(conversation.sent).toBeGreaterThanOrEqual(requests);
    expect(weak(conversation)).toEqual([]);
  });
});
