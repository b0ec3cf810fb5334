import { describe, expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import { builders } from "../read/builders.ts";
import { readModel } from "../read/readModel.ts";

const base = `attributes: {
  title: text({ required: true }), notes: text(), number: integer(), amount: decimal(), on: date(), data: json(),
  stage: choice(["open", "won", "lost"], { required: true, default: "open" }), locked: text({ readOnly: true }),
}, relationships: { person: belongsTo("Person"), lines: hasMany("Line", { via: "deal" }) }`;

/** The problems of an app whose resource Deal says something more; the part between « and » is where they are expected. */
function problemsOf(more: string, config = 'app({ name: "Sales", roles: ["manager"], users: "Person" })') {
  const header = `import { ${builders.filter((name) => name !== "app").join(", ")} } from "gantry";\n`;
  const text = `${header}export default resource("Deal", { ${base}, ${more} });\n`;
  const start = text.indexOf("«");
  const marked = text.slice(start + 1, text.indexOf("»"));
  const sources = {
    "gantry.config.ts": `import { app } from "gantry";\nexport default ${config};\n`,
    "domain/deal.ts": text.replace(/[«»]/g, ""),
    "domain/person.ts": `${header}export default resource("Person", { attributes: { name: text() } });\n`,
    "domain/line.ts": `${header}export default resource("Line", { attributes: { price: decimal(), label: text(), info: json(), secret: encrypted() }, relationships: { deal: belongsTo("Deal") }, aggregates: { siblings: count("deal.lines") } });\n`,
  };
  const { problems } = readModel(sources);
  const at = problems.map(({ file, range }) =>
    (sources as Record<string, string>)[file]?.slice(range.start.offset, range.end.offset),
  );
  return { problems, messages: problems.map(({ message }) => message), at, marked, sources };
}

const cases: readonly (readonly [rule: string, says: string, more: string])[] = [
  [
    "expressions",
    "There is no attribute `ammount` on Deal; did you mean `amount`?",
    'calculations: { a: decimal("«ammount» + 1") }',
  ],
  ["expressions", "here true or false is needed", 'validations: [check("«amount»", { message: "m" })]'],
  ["expressions", "manager", `policies: [allow("read", "«'mangaer'» in actor.roles")]`],
  ["expressions", "won", `policies: [allow("read", "stage == «'wom'»")]`],
  ["set types", "needed", `actions: { read: {}, a: update({ set: { on: "«amount»" } }) }`],
  ["cycles", "`Deal.a` needs `Deal.b` needs `Deal.a`", 'calculations: { a: decimal(«"b + 1"»), b: decimal("a + 1") }'],
  ["cycles", "`Deal.a` needs `Deal.a`", 'aggregates: { a: sum(«"lines.deal.a"») }'],
  ["stored", "cannot depend on `today()`", 'calculations: { a: boolean("on < today()", { stored: «true» }) }'],
  [
    "stored",
    "cannot depend on `actor.id`",
    `calculations: { b: boolean("person == actor.id"), a: boolean("b", { stored: «"x"» }) }`,
  ],
  ["names", "`amount` is an attribute of `Deal` already", 'calculations: { «amount»: decimal("1.0") }'],
  ["names", "`personId` is the key of `person`", 'aggregates: { «personId»: count("lines") }'],
  ["names", "`createdAt` is a field of a feature", 'timestamps: true, calculations: { «createdAt»: decimal("1.0") }'],
  [
    "names",
    "The column `notes` is that of `notes` already",
    'calculations: { a: decimal("1.0", { stored: «"notes"» }) }',
  ],
  ["names", "starts with a small letter", 'calculations: { «A b»: decimal("1.0") }'.replace("«A b»", '«"A b"»')],
  ["aggregates", "`Deal` has no relationship `line`. Did you mean `lines`?", 'aggregates: { a: count("«line»") }'],
  ["aggregates", "leads to one record", 'aggregates: { a: count(«"person"») }'],
  ["aggregates", "`Line` has no field `prise`. Did you mean `price`?", 'aggregates: { a: sum("lines.«prise»") }'],
  ["aggregates", "`sum` cannot work on `label`", 'aggregates: { a: sum("lines.«label»") }'],
  ["aggregates", "`first` cannot work on `secret`", 'aggregates: { a: first("lines.«secret»") }'],
  ["aggregates", "`info` has no order", 'aggregates: { a: first("lines.label", { order: [«"info"»] }) }'],
  ["states", "`amount` is no choice", 'states: { attribute: «"amount"», transitions: {} }'],
  [
    "states",
    "`stage` has no option `gone`",
    'states: { attribute: "stage", transitions: { win: "* -> won", lose: «"* -> gone"», out: "* -> lost" } }',
  ],
  ["states", "No transition leads to `lost`", 'states: { attribute: "stage", transitions: «{ win: "* -> won" }» }'],
  [
    "states",
    "Only its transitions change `stage`",
    'states: { attribute: "stage", transitions: { win: "* -> won", lose: "* -> lost" } }, actions: { read: {}, update: { accept: «["stage"]» } }',
  ],
  [
    "states",
    "Only its transitions change `stage`",
    `states: { attribute: "stage", transitions: { win: "* -> won", lose: "* -> lost" } }, actions: { read: {}, win: update({ set: { «stage»: "'lost'" } }) }`,
  ],
  [
    "states",
    "only an update makes a transition",
    'states: { attribute: "stage", transitions: { «win»: "* -> won", lose: "* -> lost" } }, actions: { read: {}, win: read() }',
  ],
  ["actions", "`history` is a path of every API", "actions: { read: {}, «history»: update() }"],
  [
    "actions",
    "has no field `titel` to set. Did you mean `title`?",
    'actions: { read: {}, a: update({ accept: [«"titel"»] }) }',
  ],
  ["actions", "Write `person` here", 'actions: { read: {}, a: update({ accept: [«"personId"»] }) }'],
  ["actions", "`locked` is read-only", 'actions: { read: {}, a: update({ accept: [«"locked"»] }) }'],
  [
    "actions",
    "accepted from callers and set",
    `actions: { read: {}, a: update({ accept: ["notes"], set: { «notes»: "'x'" } }) }`,
  ],
  [
    "actions",
    "`notes` is not unique",
    'actions: { read: {}, a: create({ accept: ["title", "notes"], upsert: «["notes"]» }) }',
  ],
  [
    "actions",
    "`notes` is a field that the action accepts",
    'actions: { read: {}, a: update({ accept: ["notes"], arguments: { «notes»: text() } }) }',
  ],
  [
    "actions",
    "`title` is required, but `a` neither accepts nor sets it",
    'actions: { read: {}, a: create({ accept: «["notes"]» }) }',
  ],
  ["policies", "`Deal` has no action `wni`", 'policies: [allow(«"wni"», "true")]'],
  ["policies", "may read its key", 'policies: [field(«"id"», { read: "true" })]'],
  ["policies", "`Deal` has no field `amuont`", 'policies: [field(«"amuont"», { read: "true" })]'],
  [
    "policies",
    "`a` is worked out",
    'calculations: { a: decimal("amount") }, policies: [field(«"a"», { write: "true" })]',
  ],
  ["checks", "`Deal` has no field `amuont`", 'validations: [check("true", { message: "m", field: «"amuont"» })]'],
  ["checks", "`Deal` has no action `wni`", 'validations: [check("true", { message: "m", on: [«"wni"»] })]'],
  ["features", "`person` must be required", 'tenant: «"person"»'],
  ["features", "has no text `amount` to search in", 'search: [«"amount"»]'],
  ["features", "cannot be sorted by `data`", 'order: [«"-data"»]'],
  ["features", "`version` is", 'calculations: { «version»: decimal("1.0") }, versioned: true'],
  ["unique", "`Deal` has no field `lines` that can be unique", 'unique: [uniqueWhen([«"lines"»], "true")]'],
  ["unique", "`actor.id` cannot stand here", `unique: [uniqueWhen(["notes"], «"person == actor.id"»)]`],
];

describe("what cannot work is refused where it stands", () => {
  test.each(cases)("%s: %s", (_, says, more) => {
    const { messages, at, marked } = problemsOf(more);
    expect(messages.length, JSON.stringify(messages)).toBe(1);
    expect(messages[0]).toContain(says);
    expect(at[0]?.replace(/^["'](.*)["']$/, "$1")).toBe(marked.replace(/^["'](.*)["']$/, "$1"));
  });
});

test("an app's roles and users are checked", () => {
  const { messages } = problemsOf(
    "order: ['title'], indexes: [['title']]",
    'app({ name: "Sales", roles: ["Big Boss", "a", "a"], users: "Nobody" })',
  );
  expect(messages).toEqual([
    expect.stringContaining("starts with a small letter"),
    "The role `a` is here twice. Remove one.",
    expect.stringContaining("There is no resource `Nobody`."),
  ]);
});

test("what grows too large once it is written out is refused", () => {
  const levels = Array.from({ length: 8 }, (_, level) => {
    const below = level === 0 ? "amount" : `c${level - 1}`;
    return `c${level}: decimal("${Array.from({ length: 4 }, () => below).join(" + ")}")`;
  });
  const { messages } = problemsOf(`calculations: { ${levels.join(", ")} }`);
  expect(messages[0]).toMatch(/^Written out with the calculations that it names this has \d+ parts; at most 2000/);
  const stored = levels.map((level, index) => (index === 3 ? level.replace('")', '", { stored: true })') : level));
  expect(problemsOf(`calculations: { ${stored.join(", ")} }`).messages).toEqual([]);
});

test("the action of an upsert is mended by one command", () => {
  const { problems, sources } = problemsOf(
    'actions: { read: {}, a: create({ accept: ["title", "notes"], upsert: ["notes", "number"] }) }',
  );
  const fix = problems[0]?.fix;
  expect(fix?.title).toBe("Make it unique");
  expect(fix && readModel(applyCommand(sources, fix.command)).problems).toEqual([]);
});

test("a file that cannot be read takes nothing else down", () => {
  const { sources } = problemsOf('calculations: { a: text("person.name") }, aggregates: { b: sum("lines.price") }');
  const broken = { ...sources, "domain/person.ts": "export default resource('Person', {{" };
  expect(readModel(broken).problems.filter(({ file }) => file === "domain/deal.ts")).toEqual([]);
});
