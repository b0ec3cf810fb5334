import { printImports } from "../print/printModule.ts";
import { lineWidth } from "../print/Style.ts";
import { builders } from "../read/builders.ts";
import type { CallExpression, ImportDeclaration, Spot } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import { specifiersOf } from "./Container.ts";
import { insertItem } from "./insertItem.ts";
import { removeItem } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { exportedCall, spliceText, withText } from "./SourceFile.ts";

/** Imports the builder functions that `source` calls and `before` did not, and drops those it no longer calls. */
export function editImports(before: SourceFile, source: SourceFile): SourceFile {
  const [old, now] = [calledBuilders(exportedCall(before)), calledBuilders(exportedCall(source))];
  const dropped = [...old].filter((name) => !now.has(name));
  const added = [...now].filter((name) => !old.has(name));
  const reduced = dropped.reduce((current, name) => withText(current, dropImport(current, name)), source);
  const full = added.reduce((current, name) => withText(current, addImport(current, name)), reduced);
  return added.length === 0 ? full : withText(full, breakLongImport(full));
}

function dropImport(source: SourceFile, name: string): string {
  for (const declaration of gantryImports(source)) {
    const index = namesOf(declaration).indexOf(name);
    const container = specifiersOf(source, declaration);
    if (index >= 0 && container) return removeItem(source, container, index);
  }
  return source.text;
}

function addImport(source: SourceFile, name: string): string {
  const imports = gantryImports(source);
  if (imports.some((declaration) => namesOf(declaration).includes(name))) return source.text;
  const declaration = imports.find(({ importKind }) => importKind !== "type");
  const container = declaration && specifiersOf(source, declaration);
  if (!declaration || !container) {
    const start = source.text.startsWith("\ufeff") ? 1 : 0;
    return spliceText(source.text, start, start, printImports([name], source.style) + source.style.newline);
  }
  const names = namesOf(declaration);
  const sorted = names.every((other, index) => index === 0 || (names[index - 1] ?? "") <= other);
  const place = sorted ? names.findIndex((other) => other > name) : -1;
  const index = place < 0 ? names.length : place;
  return insertItem(source, container, { index, print: () => name, empty: "spaced" });
}

function breakLongImport(source: SourceFile): string {
  const { text, style, comments } = source;
  for (const declaration of gantryImports(source)) {
    const { start, end } = spanOf(declaration);
    const line = text.slice(start, end);
    const container = specifiersOf(source, declaration);
    const commented = [...comments.keys()].some((comment) => comment > start && comment < end);
    if (!container || commented || line.includes("\n") || line.length <= lineWidth) continue;
    const names = namesOf(declaration).map((name) => `${style.indent}${name},${style.newline}`);
    return spliceText(text, container.open + 1, container.close, style.newline + names.join(""));
  }
  return text;
}

function gantryImports({ file }: SourceFile): readonly ImportDeclaration[] {
  return file.program.body
    .filter((statement) => statement.type === "ImportDeclaration")
    .filter(({ source }) => source.value === "gantry");
}

function namesOf(declaration: ImportDeclaration): readonly string[] {
  return declaration.specifiers
    .filter((specifier) => specifier.type === "ImportSpecifier")
    .map(({ imported }) => (imported.type === "Identifier" ? imported.name : imported.value));
}

/** The builder functions that are called in a call and in all that it holds. */
function calledBuilders(call: CallExpression): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: unknown) => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (isSpot(node)) {
      if (isBuilderCall(node)) found.add(node.callee.name);
      const named = namedObject(node);
      if (named !== null) found.add(named);
      for (const [key, value] of Object.entries(node)) if (key !== "loc" && key !== "extra") visit(value);
    }
  };
  visit(call);
  return found;
}

/** `Decimal` in `Decimal.of(...)`: functions have it from there, too. */
function namedObject(node: Spot): string | null {
  if (node.type !== "MemberExpression" || !("object" in node) || !isSpot(node.object)) return null;
  return node.object.type === "Identifier" && "name" in node.object && node.object.name === "Decimal"
    ? "Decimal"
    : null;
}

function isSpot(node: unknown): node is Spot {
  return typeof node === "object" && node !== null && "type" in node && typeof node.type === "string";
}

function isBuilderCall(node: Spot): node is Spot & { readonly callee: { readonly name: string } } {
  if (node.type !== "CallExpression" || !("callee" in node) || !isSpot(node.callee)) return false;
  return "name" in node.callee && typeof node.callee.name === "string" && builders.includes(node.callee.name);
}
