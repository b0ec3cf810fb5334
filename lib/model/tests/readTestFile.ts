import { plain, readList } from "../read/literals.ts";
import { OptionReader } from "../read/OptionReader.ts";
import { present } from "../read/present.ts";
import type { Reading } from "../read/Reading.ts";
import type { Call } from "../read/readCall.ts";
import { optionsArgument, readCall } from "../read/readCall.ts";
import { readModule } from "../read/readModule.ts";
import { readHead } from "../read/readStarts.ts";
import type { Expression } from "../read/syntax.ts";
import type { AppTest } from "../testTypes.ts";
import { readGiven } from "./readGiven.ts";
import { readActor, readDeed, readExpectation } from "./readTestParts.ts";

/** More tests in a file are refused. */
const maxInFile = 500;
/** In UTF-16 units. */
const maxNameLength = 200;

/** What a file of tests says; its name is that of the file. */
export interface TestFileContent {
  readonly describe?: string;
  readonly tests: readonly AppTest[];
}

const fileExample = "export default tests([ ... ])";
const testExample = 'test("A won deal stays", { given: { ... }, as: ..., do: ..., expect: ... })';
const testOptions = ["explain", "given", "as", "do", "expect"] as const;

/** Reads a file under `tests/`; paths begin with the names of its tests. Tests that were refused are left out. */
export function readTestFile(text: string, reading: Reading): TestFileContent | null {
  const expected = { builder: "tests", example: fileExample } as const;
  return readModule(text, reading, { ...expected, read: (call) => readTestList(call, reading) });
}

function readTestList(call: Call, reading: Reading): TestFileContent | null {
  const [first] = call.args;
  const isBare = first !== undefined && plain(first).type === "ArrayExpression";
  const listed = call.args[isBare ? 0 : 1];
  const extra = call.args[isBare ? 1 : 2];
  if (extra) reading.refuse("unknown_option", extra, [], "`tests` takes nothing more. Remove this.");
  const head = isBare ? null : optionsArgument({ ...call, args: call.args.slice(0, 1) }, 0, reading, []);
  const options = new OptionReader(head, { reading, path: [] }, { allowed: ["describe"], of: "`tests`" });
  const described = present({ describe: options.text("describe") });
  if (!listed) {
    reading.refuse("missing_option", call.node, [], `Write the tests in a list: \`${fileExample}\`.`);
    return null;
  }
  const items = readList(listed, reading, []) ?? [];
  const over = items[maxInFile];
  if (over) reading.refuse("too_many", over, [], `A file holds at most ${maxInFile} tests. Put these into another.`);
  const names = new Set<string>();
  const tests = items.slice(0, maxInFile).flatMap((item) => readTest(item, reading, names) ?? []);
  return { ...described, tests };
}

function readTest(node: Expression, reading: Reading, names: Set<string>): AppTest | null {
  const call = readCall(node, reading, { path: [], allowed: ["test"], expected: `\`${testExample}\`` });
  if (!call) return null;
  const name = readHead(call, { reading, path: [] }, { part: "name", example: testExample });
  const [first] = call.args;
  if (name === null || !first) return null;
  const misfit = nameMisfit(name, names);
  if (misfit) return reading.refuse(misfit.code, first, [name], misfit.message);
  names.add(name);
  const path = [name];
  reading.place(path, first);
  const object = optionsArgument(call, 1, reading, path);
  const options = new OptionReader(object, { reading, path }, { allowed: testOptions, of: "A test" });
  const given = options.node("given");
  const rows = given && readGiven(given, options.at("given"));
  const [as, deed, expect] = [
    required(options, call, "as", readActor),
    required(options, call, "do", readDeed),
    required(options, call, "expect", readExpectation),
  ];
  const explain = options.text("explain");
  if (rows === null || !as || !deed || !expect) return null;
  return { name, ...present({ explain, given: rows && rows.length > 0 ? rows : undefined }), as, do: deed, expect };
}

function nameMisfit(
  name: string,
  names: ReadonlySet<string>,
): { readonly code: string; readonly message: string } | null {
  if (name.trim() !== name || name === "" || /[\p{Cc}\u2028\u2029]/u.test(name)) {
    const message = 'Say in one line what must hold, without spaces around it: "A won deal stays".';
    return { code: "name_shape", message };
  }
  if (name.length > maxNameLength) {
    return { code: "name_shape", message: `Say it in at most ${maxNameLength} characters; \`explain\` takes more.` };
  }
  if (!names.has(name)) return null;
  return { code: "duplicate_name", message: "There is another test of this name in the file. Rename or remove one." };
}

const missing = {
  as: 'Say as whom: `as: anonymous()`, `service()`, `key({ roles: [...] })` or `user("ada")`.',
  do: 'Say what is done: `do: destroy("deal")`.',
  expect: 'Say what comes of it: `expect: done()`, `rows([...])` or `refused("forbidden")`.',
} as const;

function required<T>(
  options: OptionReader,
  call: Call,
  name: keyof typeof missing,
  read: (node: Expression, at: { readonly reading: Reading; readonly path: readonly string[] }) => T | null,
): T | null {
  const node = options.node(name);
  if (node) return read(node, options.at(name));
  const at = options.at(name);
  return at.reading.refuse("missing_option", call.args[0] ?? call.node, at.path, missing[name]);
}
