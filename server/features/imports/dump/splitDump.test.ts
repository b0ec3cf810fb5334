import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DumpPart } from "./splitDump.ts";
import { splitDump } from "./splitDump.ts";

async function split(text: string, sizes: readonly number[] = []): Promise<DumpPart[]> {
  async function* chunks() {
    let at = 0;
    for (const size of sizes) {
      yield text.slice(at, at + size);
      at += size;
    }
    yield text.slice(at);
  }
  const parts: DumpPart[] = [];
  for await (const part of splitDump(chunks())) parts.push(part);
  return parts;
}

/** Statements by text and line, rows joined, commands. */
async function outline(text: string, sizes: readonly number[] = []): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const part of await split(text, sizes)) {
    const last = found.at(-1);
    if (part.kind === "statement") found.push([part.line, part.text]);
    else if (part.kind === "command") found.push(`${part.line} ${part.text}`);
    else if (part.kind === "endOfRows") found.push("end");
    else if (typeof last === "object" && last !== null && "rows" in last) last.rows += part.text;
    else found.push({ rows: part.text });
  }
  return found;
}

const dump = `-- a comment; with a semicolon
\\restrict abc
SET standard_conforming_strings = on;
/* outer /* inner; */ still; */ SELECT 1;;
INSERT INTO t VALUES ('it''s; \\', "q;""x", E'\\'; \\\\', U&'\\0061;', e'a''\\';b');
CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$ BEGIN; $$ ; $b$ END; $body$;
CREATE OR REPLACE FUNCTION g(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC; SELECT CASE WHEN a > 1 THEN 2 END; SELECT 3; END;
CREATE RULE r AS ON INSERT TO t DO (INSERT INTO a VALUES (1); DELETE FROM b);
SELECT 'two
lines;', a$b$c, $1;
COPY t (a, "from stdin;") FROM stdin;
1\tone; 'x
\\.x
\\\\.
2\t$$
\\.
\\connect "other db"
COPY empty FROM STDIN WITH (FORMAT text);
\\.
select 2 -- no semicolon at the end
`;

const expected = [
  "2 \\restrict abc",
  [3, "SET standard_conforming_strings = on"],
  [4, "SELECT 1"],
  [5, `INSERT INTO t VALUES ('it''s; \\', "q;""x", E'\\'; \\\\', U&'\\0061;', e'a''\\';b')`],
  [6, "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$ BEGIN; $$ ; $b$ END; $body$"],
  [
    7,
    "CREATE OR REPLACE FUNCTION g(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC; SELECT CASE WHEN a > 1 THEN 2 END; SELECT 3; END",
  ],
  [8, "CREATE RULE r AS ON INSERT TO t DO (INSERT INTO a VALUES (1); DELETE FROM b)"],
  [9, "SELECT 'two\nlines;', a$b$c, $1"],
  [11, 'COPY t (a, "from stdin;") FROM stdin'],
  { rows: "1\tone; 'x\n\\.x\n\\\\.\n2\t$$\n" },
  "end",
  '17 \\connect "other db"',
  [18, "COPY empty FROM STDIN WITH (FORMAT text)"],
  "end",
  [20, "select 2 -- no semicolon at the end\n"],
];

describe("splitting a dump", () => {
  test("takes statements, rows and commands apart as psql does", async () => {
    expect(await outline(dump)).toEqual(expected);
  });

  test("does not depend on where the chunks end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }), async (sizes) => {
        expect(await outline(dump, sizes)).toEqual(expected);
      }),
      { verbose: true },
    );
    expect(
      await outline(
        dump,
        Array.from({ length: dump.length }, () => 1),
      ),
    ).toEqual(expected);
  });

  test("reads backslashes as escapes after standard_conforming_strings was set off", async () => {
    const text = "SET standard_conforming_strings = off;\nSELECT 'it\\'s; x';\nSELECT 2;";
    expect(await outline(text)).toEqual([
      [1, "SET standard_conforming_strings = off"],
      [2, "SELECT 'it\\'s; x'"],
      [3, "SELECT 2"],
    ]);
  });

  test("ends of lines may be Windows'", async () => {
    expect(await outline("COPY t FROM stdin;\r\n1\r\n\\.\r\nSELECT 1;\r\n")).toEqual([
      [1, "COPY t FROM stdin"],
      { rows: "1\r\n" },
      "end",
      [4, "SELECT 1"],
    ]);
  });

  test("tells what a statement begins with", async () => {
    const [statement] = await split('ALTER TABLE ONLY public."My Table" OWNER TO someone;');
    expect(statement).toMatchObject({ words: ["alter", "table", "only", "public", '"', "owner", "to", "someone"] });
  });

  test.each([
    ["SELECT 'open", "middle of the statement that begins in line 1"],
    ["\n\nCREATE FUNCTION f() AS $$ x", "begins in line 3"],
    ["COPY t FROM stdin;\n1\n", "middle of the rows"],
    ["SELECT 1 \\gexec\n", "psql command"],
    ["SELECT (1;", "middle of the statement"],
  ])("says where %j is cut off or not a script", async (text, message) => {
    await expect(split(text)).rejects.toThrow(message);
  });

  test("holds no more than a chunk of rows", async () => {
    async function* chunks() {
      yield "COPY t FROM stdin;\n";
      for (let at = 0; at < 200; at++) yield "x".repeat(1023).concat("\n").repeat(64);
      yield "\\.\n";
    }
    let largest = 0;
    let bytes = 0;
    for await (const part of splitDump(chunks())) {
      if (part.kind !== "rows") continue;
      largest = Math.max(largest, part.text.length);
      bytes += part.text.length;
    }
    expect(bytes).toBe(200 * 64 * 1024);
    expect(largest).toBeLessThanOrEqual(64 * 1024);
  });
});
