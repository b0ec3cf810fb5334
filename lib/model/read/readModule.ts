import { closest } from "../../expression/closest.ts";
import { builders } from "./builders.ts";
import { parseSource } from "./parseSource.ts";
import type { Reading } from "./Reading.ts";
import type { Call } from "./readCall.ts";
import { readCall } from "./readCall.ts";
import type { Expression, File, Spot, Statement } from "./syntax.ts";
import { spanOf } from "./syntax.ts";

type ExportDefault = Extract<Statement, { type: "ExportDefaultDeclaration" }>;

interface Expected<T> {
  /** The builder that the default export must call. */
  readonly builder: "resource" | "app" | "process" | "fn" | "tests";
  /** Others that it may call. */
  readonly others?: readonly string[];
  readonly example: string;
  readonly read: (call: Call) => T | null;
}

/** Reads the default export of a file and checks all that stands around it; null when there is none to read. */
export function readModule<T>(text: string, reading: Reading, expected: Expected<T>): T | null {
  const { file, problems } = parseSource(text);
  for (const { message, offset } of problems) {
    reading.refuseSpan("syntax", { start: offset, end: offset + 1 }, [], message);
  }
  if (!file) return null;
  if (problems.length === 0) return readFile(file, reading, expected);
  try {
    return readFile(file, reading, expected);
  } catch {
    // The tree of a file with errors may have holes that its types do not know of. The errors are told already.
    return null;
  }
}

function readFile<T>(file: File, reading: Reading, expected: Expected<T>): T | null {
  const imported = readImports(file, reading);
  const exported = defaultExport(file, reading, expected.builder);
  if (!exported) {
    const message = `This file must have \`${expected.example}\`.`;
    reading.refuseSpan("missing_export", { start: 0, end: 0 }, [], message);
    return null;
  }
  const at = {
    path: [],
    allowed: [expected.builder, ...(expected.others ?? [])],
    expected: `\`${expected.builder}(...)\``,
  };
  const call = readCall(exported, reading, at);
  const result = call && expected.read(call);
  refuseMissingImports(imported, reading);
  return result;
}

function defaultExport(file: File, reading: Reading, builder: string): Expression | null {
  let found: Expression | null = null;
  for (const statement of file.program.body) {
    if (statement.type === "ExportDefaultDeclaration") {
      const expression = exportedExpression(statement);
      if (found) refuse(statement, reading, "There is a second `export default`. Keep one in a file.");
      else if (expression) found = expression;
      else refuse(statement, reading, `Only \`export default ${builder}(...)\` can stand here.`);
    } else if (statement.type !== "ImportDeclaration" && statement.type !== "EmptyStatement") {
      const rest = `Only an import from "gantry" and \`export default ${builder}(...)\` can stand here.`;
      refuse(statement, reading, `${rest} Remove this.`);
    }
  }
  return found;
}

function exportedExpression({ declaration }: ExportDefault): Expression | null {
  switch (declaration.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSDeclareFunction":
    case "TSInterfaceDeclaration":
    case "EnumDeclaration":
    case "StructDeclaration":
      return null;
    default:
      return declaration;
  }
}

/** Which builder functions a file imports; wrong imports are refused. */
function readImports(file: File, reading: Reading): ReadonlySet<string> {
  const imported = new Set<string>();
  for (const statement of file.program.body) {
    if (statement.type !== "ImportDeclaration") continue;
    if (statement.source.value !== "gantry") {
      refuse(statement, reading, 'Only "gantry" can be imported here. Remove this.', "foreign_import");
      continue;
    }
    for (const specifier of statement.specifiers) {
      if (specifier.type !== "ImportSpecifier") {
        refuse(specifier, reading, 'Import by name: `import { text } from "gantry"`.', "foreign_import");
        continue;
      }
      const name = specifier.imported.type === "Identifier" ? specifier.imported.name : specifier.imported.value;
      if (specifier.local.name !== name) {
        refuse(specifier, reading, `Import \`${name}\` under its own name.`, "foreign_import");
      } else if (!builders.includes(name)) {
        const meant = closest(name, builders);
        const hint = meant ? `Did you mean \`${meant}\`?` : "Remove it.";
        refuse(specifier, reading, `"gantry" has no \`${name}\`. ${hint}`, "foreign_import");
      }
      imported.add(name);
    }
  }
  return imported;
}

function refuseMissingImports(imported: ReadonlySet<string>, reading: Reading): void {
  for (const [name, span] of reading.called) {
    if (imported.has(name)) continue;
    reading.refuseSpan("missing_import", span, [], `Import \`${name}\` from "gantry" at the top of the file.`);
  }
}

function refuse(node: Spot, reading: Reading, message: string, code = "unexpected_code"): void {
  reading.refuseSpan(code, spanOf(node), [], message);
}
