import { join } from "node:path";
import ts from "typescript";
import { root } from "#scripts/root.ts";
import type { JsonSchema } from "../../JsonSchema.ts";
import { SchemaWriter } from "./SchemaWriter.ts";

/** The answers of procedures as JSON Schema: each procedure's, and the types with a name that they speak of. */
export interface AnswerSchemas {
  readonly procedures: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>;
  readonly types: Readonly<Record<string, JsonSchema>>;
}

/**
 * What procedures answer, read off their own types by TypeScript and written as their answers are sent: dates as text,
 * nothing where there is `undefined`. So no answer is described twice, and none otherwise than it is.
 */
export function answerSchemas(paths: readonly string[]): AnswerSchemas {
  const file = join(import.meta.dirname, "ProcedureAnswers.ts");
  const read = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...read.config, include: [], files: [file] }, ts.sys, root);
  const program = ts.createProgram([file], { ...options, incremental: false });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const declaration = source?.statements.find(ts.isTypeAliasDeclaration);
  if (!declaration) throw new Error("The type of all answers is not where it was.");
  const answers = checker.getTypeAtLocation(declaration.name);
  const writer = new SchemaWriter(checker, root);
  const procedures: Record<string, { readonly description: string; readonly schema: JsonSchema }> = {};
  for (const path of [...paths].sort()) {
    let type = answers;
    let description = "";
    for (const name of path.split(".")) {
      const property = type.getProperty(name);
      if (!property) throw new Error(`There is no procedure ${path}.`);
      type = checker.getTypeOfSymbolAtLocation(property, declaration);
      description = writer.saidOf(property);
    }
    procedures[path] = { description, schema: writer.schemaOf(type, path) };
  }
  return { procedures, types: writer.named() };
}
