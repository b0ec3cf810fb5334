import { expect, test } from "vitest";
import type { Problem } from "#lib/model/Problem.ts";
import { diagnostics } from "./diagnostics.ts";

const position = (offset: number) => ({ offset, line: 1, column: offset + 1 });

function problem(file: string, start: number, end: number, fix?: Problem["fix"]): Problem {
  const range = { start: position(start), end: position(end) };
  return { code: "x", severity: "error", message: "Mend it.", file, range, path: [], ...(fix ? { fix } : {}) };
}

const editor = { length: 10, run: () => {} };

test("only the file's own problems are marked, where they stand", () => {
  const found = diagnostics([problem("a.ts", 2, 5), problem("b.ts", 0, 1)], "a.ts", editor);
  expect(found).toEqual([{ from: 2, to: 5, severity: "error", message: "Mend it." }]);
});

test("a place of no width marks a character, and none is outside of the text", () => {
  expect(diagnostics([problem("a.ts", 3, 3)], "a.ts", editor)[0]).toMatchObject({ from: 3, to: 4 });
  expect(diagnostics([problem("a.ts", 10, 10)], "a.ts", editor)[0]).toMatchObject({ from: 10, to: 10 });
  expect(diagnostics([problem("a.ts", 40, 50)], "a.ts", editor)[0]).toMatchObject({ from: 10, to: 10 });
});

test("a problem that can be mended offers it", () => {
  const command = { type: "removeResource", resource: "Order" } as const;
  const run: unknown[] = [];
  const [found] = diagnostics([problem("a.ts", 0, 1, { title: "Remove it", command })], "a.ts", {
    length: 10,
    run: (given) => void run.push(given),
  });
  expect(found?.actions?.map(({ name }) => name)).toEqual(["Remove it"]);
  // The editor's own arguments are of no use here.
  Reflect.apply(found?.actions?.[0]?.apply ?? (() => {}), undefined, []);
  expect(run).toEqual([command]);
});
