import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cell, CsvParser } from "./CsvParser.ts";
import { Utf8Reader } from "./Utf8Reader.ts";

function rowsOf(...pieces: readonly string[]) {
  const rows: { readonly cells: Cell[]; readonly line: number }[] = [];
  const parser = new CsvParser((cells, line) => rows.push({ cells, line }));
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return rows;
}

const cellsOf = (...pieces: readonly string[]) => rowsOf(...pieces).map(({ cells }) => cells);

describe("RFC 4180", () => {
  test("Nothing is null and quotes around nothing are an empty text", () => {
    expect(cellsOf('a,b\r\n,""\r\n"",\r\n')).toEqual([
      ["a", "b"],
      [null, ""],
      ["", null],
    ]);
  });

  test("Lines end with CR LF or LF, the last with neither; lines within quotes count", () => {
    expect(rowsOf('a,b\n1,"x\r\ny"\r\n\r\n3,4')).toEqual([
      { cells: ["a", "b"], line: 1 },
      { cells: ["1", "x\r\ny"], line: 2 },
      { cells: ["3", "4"], line: 5 },
    ]);
  });

  test("An empty line of a table of one column is a row without a value", () => {
    expect(cellsOf('a\r\n\r\n""\r\n')).toEqual([["a"], [null], [""]]);
  });

  test.each([";", "\t"])("The first line tells what parts values: %j", (separator) => {
    expect(cellsOf(`"a"${separator}b\n1,5${separator}"x${separator}y"\n`)).toEqual([
      ["a", "b"],
      ["1,5", `x${separator}y`],
    ]);
  });

  test.each([
    ['a,b\n1,2\n3,x"y"\n', 3],
    ['a,b\n"1\n2" ,3\n', 3],
    ['a,b\n1,2\n"3,4\n5,6\n', 3],
  ])("What is wrong about quotes is told with its line: %j", (text, line) => {
    expect(() => rowsOf(text)).toThrow(expect.objectContaining({ fields: [expect.objectContaining({ line })] }));
  });

  test("A row that never ends is refused before it fills the memory", () => {
    const parser = new CsvParser(() => {});
    parser.push('a,b\n"');
    expect(() => {
      for (let piece = 0; piece < 100; piece++) parser.push("x".repeat(64 << 10));
    }).toThrow(/Line 2/);
  });
});

const text = fc.oneof(
  fc.string(),
  fc.stringMatching(/^[",;\n\r x]{0,6}$/),
  fc.constantFrom("", "größe 🐘", "=1+1", " x ", "\t"),
);

test("Any table comes back as it was written, in whatever pieces it arrives", () => {
  const table = fc.integer({ min: 2, max: 4 }).chain((width) => {
    const row = fc.array(fc.oneof(text, fc.constant(null)), { minLength: width, maxLength: width });
    return fc.tuple(fc.constant(width), fc.array(row), fc.array(fc.nat(40)));
  });
  fc.assert(
    fc.property(table, ([width, rows, cuts]) => {
      const header = Array.from({ length: width }, (_, index) => `column${index}`);
      const body = stringify([header, ...rows], { quoted_string: true, record_delimiter: "windows" });
      const pieces: string[] = [];
      let at = 0;
      for (const cut of cuts) {
        pieces.push(body.slice(at, at + cut));
        at += cut;
      }
      expect(cellsOf(...pieces, body.slice(at))).toEqual([header, ...rows]);
    }),
    { numRuns: 500 },
  );
});

test("Plain tables are read as another reader reads them", () => {
  const value = fc.stringMatching(/^[a-z0-9 .-]{1,8}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { minLength: 1 }), (rows) => {
      const body = rows.map((row) => row.join()).join("\n");
      expect(cellsOf(body)).toEqual(parse(body));
    }),
  );
});

test("Text is put together of bytes that are cut anywhere; what is no UTF-8 is found out", () => {
  const body = Buffer.from("\ufeffgröße 🐘\n");
  for (let cut = 0; cut <= body.length; cut++) {
    const reader = new Utf8Reader();
    const whole = (reader.read(body.subarray(0, cut)) ?? "?") + (reader.read(body.subarray(cut)) ?? "?");
    expect([whole, reader.end()]).toEqual(["größe 🐘\n", true]);
  }
  expect(new Utf8Reader().read(Buffer.from([0x61, 0xff, 0x62]))).toBeNull();
  const unfinished = new Utf8Reader();
  expect([unfinished.read(Buffer.from("é").subarray(0, 1)), unfinished.end()]).toEqual(["", false]);
});
