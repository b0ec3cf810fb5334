import type { Problem } from "../Problem.ts";
import { builders } from "../read/builders.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";

const header = `import { ${builders.filter((name) => name !== "app").join(", ")} } from "gantry";\n`;

/**
 * Sources of an app from the options of its resources: `{ "domain/order.ts": 'resource("Order", { ... })' }`.
 * The part of a text between `«` and `»` is where a problem is expected.
 */
export function marked(files: Readonly<Record<string, string>>) {
  const config = `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`;
  const texts = { "gantry.config.ts": config, ...withHeaders(files) };
  const marks = Object.entries(texts).flatMap(([file, text]) => marksIn(file, text));
  const sources: Sources = Object.fromEntries(
    Object.entries(texts).map(([file, text]) => [file, text.replace(/[«»]/g, "")]),
  );
  return { sources, marks };
}

/**
 * The problems of marked sources, each with the text it stands at, and the marked texts to compare with.
 * Warnings count where `code` is one.
 */
export function problemsAt(files: Readonly<Record<string, string>>, code = "") {
  const { sources, marks } = marked(files);
  const problems = readModel(sources).problems.filter(
    (problem) => problem.severity === "error" || problem.code === code,
  );
  return {
    problems,
    places: problems.map((problem) => placeOf(sources, problem)),
    marks,
  };
}

/** Each file of the model that is only a call is made a whole file. */
function withHeaders(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      /^(?:domain|processes|functions)\//.test(path) && !text.includes("export default")
        ? `${header}export default ${text};\n`
        : text,
    ]),
  );
}

function marksIn(file: string, text: string): readonly string[] {
  const before = text.split("«")[0] ?? "";
  const inside = /«([^»]*)»/.exec(text)?.[1];
  if (inside === undefined) return [];
  return [`${file}:${before.length}-${before.length + inside.length} ${inside}`];
}

function placeOf(sources: Sources, { file, range }: Problem): string {
  const [start, end] = [range.start.offset, range.end.offset];
  return `${file}:${start}-${end} ${sources[file]?.slice(start, end) ?? ""}`;
}
