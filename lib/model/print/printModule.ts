import type { Code } from "./Code.ts";
import { layOut } from "./layOut.ts";
import type { Style } from "./Style.ts";
import { lineWidth } from "./Style.ts";

/** A whole file: imports of the builders that the code calls, then the code as the default export. */
export function printModule(code: Code, style: Style): string {
  const { newline } = style;
  const exported = layOut(code, { style, indent: "", before: "export default ".length, after: 1 });
  const imports = printImports([...builderCalls(code)].sort(), style);
  return `${imports}${newline}${newline}export default ${exported};${newline}`;
}

/** The import of builder functions, broken where it is too long for a line. */
export function printImports(names: readonly string[], style: Style): string {
  const from = ` from ${style.quote}gantry${style.quote};`;
  const line = `import { ${names.join(", ")} }${from}`;
  if (line.length <= lineWidth) return line;
  const lines = names.map((name) => `${style.indent}${name},${style.newline}`);
  return `import {${style.newline}${lines.join("")}}${from}`;
}

function builderCalls(code: Code, found = new Set<string>()): ReadonlySet<string> {
  if (typeof code === "string") return found;
  switch (code.kind) {
    case "object":
      for (const [, value] of code.properties) builderCalls(value, found);
      break;
    case "list":
      for (const item of code.items) builderCalls(item, found);
      break;
    case "call":
      found.add(code.name);
      for (const argument of code.args) builderCalls(argument, found);
  }
  return found;
}
