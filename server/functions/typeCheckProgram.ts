import ts from "typescript";
import type { TypeCheckQuestion, TypeFinding } from "./TypeCheck.ts";

// A program of its own: the compiler is large, and types can be written that it never comes to an end with.
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.ESNext,
  types: [],
  skipLibCheck: true,
};

const files = ts.createCompilerHost(options);
const read = new Map<string, ts.SourceFile | undefined>();

process.on("message", ({ id, texts }: TypeCheckQuestion) => process.send?.({ id, findings: findingsOf(texts) }));
process.on("disconnect", () => process.exit());

function findingsOf(texts: readonly string[]): readonly TypeFinding[] {
  const names = texts.map((_, index) => `/function${index}.ts`);
  const own = new Map(
    names.map((name, index) => [name, ts.createSourceFile(name, texts[index] ?? "", ts.ScriptTarget.ES2023, true)]),
  );
  const host: ts.CompilerHost = {
    ...files,
    getCurrentDirectory: () => "/",
    fileExists: (name) => own.has(name),
    readFile: () => undefined,
    getSourceFile(name, languageVersion) {
      const found = own.get(name);
      if (found) return found;
      // Of the machine's files there are only those of the language itself.
      if (!name.endsWith(".d.ts") || !name.includes("/typescript/lib/lib.")) return undefined;
      if (!read.has(name)) read.set(name, files.getSourceFile(name, languageVersion));
      return read.get(name);
    },
  };
  const program = ts.createProgram(names, options, host);
  return [...own.values()].flatMap((file, text) =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => ({
      text,
      start: diagnostic.start ?? 0,
      end: (diagnostic.start ?? 0) + (diagnostic.length ?? 0),
      message: ts.flattenDiagnosticMessageText(diagnostic.messageText, " "),
    })),
  );
}
