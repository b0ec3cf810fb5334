import { spokenName } from "../naming/spokenName.ts";
import type { AppTest, GivenRow, TestActor, TestDeed, TestExpectation, TestValue } from "../testTypes.ts";
import { sentenceList, withArticle } from "./sentenceList.ts";

/** A test as it is read: what there is, who does what, and what comes of it. */
export interface TestSentences {
  readonly given: readonly string[];
  readonly as: string;
  readonly do: string;
  readonly expect: string;
}

export function testSentences({ given = [], as, do: deed, expect }: AppTest): TestSentences {
  return {
    given: given.map(givenSentence),
    as: actorWords(as),
    do: deedWords(deed),
    expect: expectationWords(expect),
  };
}

/** `deal: a deal with stage “won” and company “acme”`. */
function givenSentence({ name, resource, values }: GivenRow): string {
  const called = spokenName(resource) === spokenName(name) ? "" : `, called “${spokenName(name)}”`;
  const parts = Object.entries(values).map(([field, value]) => fieldWords(field, value));
  const rest = parts.length === 0 ? "" : ` with ${sentenceList(parts)}`;
  return `${withArticle(spokenName(resource))}${called}${rest}`;
}

function fieldWords(field: string, value: TestValue): string {
  if (value === null) return `no ${spokenName(field)}`;
  return `${spokenName(field)} ${valueWords(value)}`;
}

/** Longer texts are cut: what they are is in the code. */
const longest = 40;

function valueWords(value: TestValue): string {
  if (typeof value === "string")
    return value.length > longest ? `a text of ${[...value].length} characters` : `“${value}”`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null) return "nothing";
  if (!Array.isArray(value) && "row" in value && Object.keys(value).length === 1)
    return `the ${spokenName(String(value.row))}`;
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function actorWords(actor: TestActor): string {
  switch (actor.kind) {
    case "anonymous":
      return "somebody who is not signed in";
    case "service":
      return "the app itself";
    case "key":
      return actor.roles.length === 0 ? "somebody without a role" : `somebody with the role ${roleWords(actor.roles)}`;
    case "user":
      return `the ${spokenName(actor.row)}${actor.roles && actor.roles.length > 0 ? `, with the role ${roleWords(actor.roles)}` : ""}`;
  }
}

const roleWords = (roles: readonly string[]) => sentenceList(roles.map(spokenName));

function deedWords(deed: TestDeed): string {
  switch (deed.kind) {
    case "get":
      return `reads the ${spokenName(deed.row)}`;
    case "list": {
      const by = deed.action === undefined || deed.action === "read" ? "" : ` by “${spokenName(deed.action)}”`;
      return `lists records of ${spokenName(deed.resource)}${by}${deed.where === undefined ? "" : ` where \`${deed.where}\``}${inputWords(deed.input ?? {})}`;
    }
    case "create": {
      const how = deed.action === "create" ? "creates" : `does “${spokenName(deed.action)}” for`;
      return `${how} ${withArticle(spokenName(deed.resource))}${inputWords(deed.input)}`;
    }
    case "update": {
      const how = deed.action === "update" ? "changes" : `does “${spokenName(deed.action)}” with`;
      return `${how} the ${spokenName(deed.row)}${inputWords(deed.input)}`;
    }
    case "destroy": {
      const how = deed.action === "destroy" ? "deletes" : `does “${spokenName(deed.action)}” with`;
      return `${how} the ${spokenName(deed.row)}${inputWords(deed.input)}`;
    }
  }
}

function inputWords(input: Readonly<Record<string, TestValue>>): string {
  const parts = Object.entries(input).map(([field, value]) => fieldWords(field, value));
  return parts.length === 0 ? "" : ` with ${sentenceList(parts)}`;
}

/** Codes of refusals as people say them; others stand as they are. */
const refusals: Readonly<Record<string, string>> = {
  forbidden: "it is not allowed",
  unauthenticated: "they have to sign in first",
  forbidden_field: "the field is not theirs to see or set",
  not_found: "there is no such record for them",
  invalid_input: "a value is not acceptable",
  conflict: "it conflicts with what is there",
  illegal_transition: "the state does not allow it",
  version_mismatch: "somebody else was first",
};

function expectationWords(expect: TestExpectation): string {
  switch (expect.kind) {
    case "refused": {
      const why = refusals[expect.code] ?? `\`${expect.code}\``;
      return `refused, because ${why}${expect.field === undefined ? "" : ` (${spokenName(expect.field)})`}`;
    }
    case "rows":
      return expect.rows.length === 0
        ? "an empty list"
        : `exactly ${sentenceList(expect.rows.map((row) => `the ${spokenName(row)}`))}`;
    case "done": {
      const shown = Object.entries(expect.record ?? {}).map(([field, value]) => fieldWords(field, value));
      return shown.length === 0 ? "done" : `done, and it then has ${sentenceList(shown)}`;
    }
  }
}
