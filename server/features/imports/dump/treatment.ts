import type { OtherReport } from "../ImportReport.ts";
import type { Statement } from "./splitDump.ts";

/** What is done with a statement of a dump. */
export type Treatment =
  | { readonly kind: "run" }
  /** It makes nothing that is taken over, so the import goes on when it fails; `name` is what it made. */
  | { readonly kind: "try"; readonly report: OtherReport["kind"] | null }
  /** It says nothing of the data. A `topic` is told of once, with the number of its statements. */
  | { readonly kind: "skip"; readonly topic?: string }
  /** It begins or ends a transaction. */
  | { readonly kind: "transaction"; readonly open: boolean }
  | { readonly kind: "refuse"; readonly reason: string };

const run: Treatment = { kind: "run" };
const silently: Treatment = { kind: "skip" };

/** Settings that change how a dump's texts are read. All others, time limits above all, stay as they are. */
const readingSettings = new Set([
  "search_path",
  "check_function_bodies",
  "standard_conforming_strings",
  "backslash_quote",
  "escape_string_warning",
  "datestyle",
  "intervalstyle",
  "timezone",
  "time",
  "xmloption",
  "xml",
  "lc_monetary",
  "default_toast_compression",
]);

/** First words of statements that have no part in what an app is made of. */
const skipped: readonly (readonly [words: string, topic?: string])[] = [
  ["reset"],
  ["discard"],
  ["savepoint"],
  ["release"],
  ["rollback to"],
  ["lock"],
  ["checkpoint"],
  ["vacuum"],
  ["analyze"],
  ["analyse"],
  ["cluster"],
  ["reindex"],
  ["listen"],
  ["unlisten"],
  ["notify"],
  ["show"],
  ["explain"],
  ["declare"],
  ["fetch"],
  ["close"],
  ["prepare"],
  ["execute"],
  ["deallocate"],
  ["values"],
  ["table"],
  ["grant", "GRANT and REVOKE"],
  ["revoke", "GRANT and REVOKE"],
  ["alter default privileges", "GRANT and REVOKE"],
  ["reassign", "ownership"],
  ["security label", "SECURITY LABEL"],
  ["import foreign schema", "foreign servers"],
  ["load", "LOAD"],
];

/** Things of the whole server, or of other servers. */
const outside: Readonly<Record<string, string>> = {
  database: "databases",
  role: "roles",
  user: "roles",
  group: "roles",
  system: "settings of the server (ALTER SYSTEM)",
  tablespace: "tablespaces",
  server: "foreign servers",
  foreign: "foreign servers",
  publication: "replication",
  subscription: "replication",
  event: "event triggers",
  language: "languages",
  access: "access methods",
  transform: "transforms",
  conversion: "conversions",
  large: "large objects",
  owned: "ownership",
};

/** What CREATE makes that an app does not take over. */
const notTaken: Readonly<Record<string, OtherReport["kind"] | null>> = {
  function: "function",
  procedure: "procedure",
  aggregate: "aggregate",
  view: "view",
  materialized: "materializedView",
  recursive: "view",
  extension: "extension",
  trigger: null,
  constraint: null,
  rule: null,
  policy: null,
  operator: null,
  cast: null,
  text: null,
  statistics: null,
  collation: null,
  index: null,
};

/** Decides by the first words. What is let through is still held by the rights of the scratch role. */
export function treatmentOf({ words, text, isCopy }: Statement): Treatment {
  const [first = "", second = ""] = words;
  const line = words.join(" ");
  const skip = skipped.find(([start]) => line === start || line.startsWith(`${start} `));
  if (skip) return { kind: "skip", ...(skip[1] === undefined ? {} : { topic: skip[1] }) };
  if (words.includes("returning") && first !== "create")
    return { kind: "refuse", reason: "RETURNING gives rows back, which nobody reads here: leave it out" };
  switch (first) {
    case "begin":
    case "start":
      return { kind: "transaction", open: true };
    case "commit":
    case "end":
    case "rollback":
    case "abort":
      return { kind: "transaction", open: false };
    case "set":
      return setTreatment(words);
    case "copy":
      if (isCopy) return run;
      return words.includes("to") ? { kind: "refuse", reason: "COPY TO writes data instead of bringing it" } : run;
    case "create":
      return createTreatment(words);
    case "alter":
      return alterTreatment(words, text);
    case "drop":
      return outside[second] ? { kind: "skip", topic: outside[second] } : { kind: "try", report: null };
    case "comment":
      return { kind: "try", report: null };
    case "refresh":
      return { kind: "try", report: null };
    default:
      return run;
  }
}

function setTreatment(words: readonly string[]): Treatment {
  const [, second = "", third = ""] = words;
  const name = second === "session" || second === "local" ? third : second;
  if (name === "role" || name === "authorization") return { kind: "skip", topic: "roles" };
  return readingSettings.has(name) ? { kind: "try", report: null } : silently;
}

/** The word that says what is made: after OR REPLACE, TEMP, UNIQUE and the like. */
function objectOf(words: readonly string[]): string {
  const fillers = new Set([
    "or",
    "replace",
    "unique",
    "trusted",
    "procedural",
    "default",
    "global",
    "local",
    "unlogged",
  ]);
  return words.slice(1).find((word) => !fillers.has(word)) ?? "";
}

function createTreatment(words: readonly string[]): Treatment {
  const object = objectOf(words);
  if (object === "user" && words.includes("mapping")) return { kind: "skip", topic: "foreign servers" };
  if (object === "event" || outside[object]) return { kind: "skip", topic: outside[object] ?? object };
  // The schema `public` is there already.
  if (object === "schema") return { kind: "try", report: "schema" };
  const report = notTaken[object];
  return report === undefined ? run : { kind: "try", report };
}

function alterTreatment(words: readonly string[], text: string): Treatment {
  const [, object = ""] = words;
  if (outside[object]) return { kind: "skip", topic: outside[object] };
  if (/\bOWNER\s+TO\s+(?:"[^"]*"|[\w$]+)\s*$/i.test(text)) return { kind: "skip", topic: "ownership" };
  if (/\b(?:DISABLE|ENABLE)\s+(?:REPLICA\s+|ALWAYS\s+)?(?:TRIGGER|RULE)\b/i.test(text)) return silently;
  if (object === "table") {
    const rest =
      /\b(?:CLUSTER\s+ON|SET\s+WITHOUT\s+CLUSTER|REPLICA\s+IDENTITY|SET\s+TABLESPACE|ROW\s+LEVEL\s+SECURITY)\b/i;
    return rest.test(text) ? { kind: "try", report: null } : run;
  }
  return object === "type" || object === "domain" || object === "sequence" ? run : { kind: "try", report: null };
}
