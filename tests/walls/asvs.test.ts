import { access, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);

/** The requirements of levels 1 and 2 of ASVS 4.0.3 by section; those between were taken out of the standard. */
const requirements = `
  1.1:1-7 1.2:1-4 1.4:1,4-5 1.5:1-4 1.6:1-4 1.7:1-2 1.8:1-2 1.9:1-2 1.10:1 1.11:1-2 1.12:2 1.14:1-6
  2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-5 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-7 2.9:1-3 2.10:1-4 3.1:1 3.2:1-4
  3.3:1-4 3.4:1-5 3.5:1-3 3.7:1 4.1:1-3,5 4.2:1-2 4.3:1-3 5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4
  6.1:1-3 6.2:1-6 6.3:1-2 6.4:1-2 7.1:1-4 7.2:1-2 7.3:1,3-4 7.4:1-3 8.1:1-4 8.2:1-3 8.3:1-8 9.1:1-3
  9.2:1-4 10.2:1-2 10.3:1-3 11.1:1-8 12.1:1-3 12.2:1 12.3:1-6 12.4:1-2 12.5:1-2 12.6:1 13.1:1,3-5
  13.2:1-3,5-6 13.3:1-2 13.4:1-2 14.1:1-4 14.2:1-6 14.3:2-3 14.4:1-7 14.5:1-4
`;

function* numbers(): Generator<string> {
  for (const section of requirements.trim().split(/\s+/)) {
    const [name = "", ranges = ""] = section.split(":");
    for (const range of ranges.split(",")) {
      const [first = 0, last = first] = range.split("-").map(Number);
      for (let at = first; at <= last; at += 1) yield `${name}.${at}`;
    }
  }
}

interface Row {
  readonly number: string;
  readonly status: string;
  readonly shown: string;
}

async function rowsOf(file: string): Promise<Row[]> {
  const text = await readFile(new URL(file, root), "utf8");
  return [...text.matchAll(/^\| (\d+\.\d+\.\d+) \| [^|]+ \| ([^|]+) \| (.+) \|$/gm)].map(
    ([, number = "", status = "", shown = ""]) => ({ number, status, shown }),
  );
}

/** Files and folders that a text names. */
const pathsIn = (text: string) =>
  [...text.matchAll(/`([\w.()[\]-]+(?:\/[\w.()[\]-]+)*)`/g)].map(([, path = ""]) => path);
// Names of files in the data folder of an installation are none of the repository.
const isPath = (path: string) => path.includes("/") || /^(?:[A-Z]+\.md|(?:package|next)\S+)$/.test(path);

test("every requirement of level 2 is judged once, and what is met is shown", async () => {
  const rows = await rowsOf("docs/security/asvs.md");
  expect(rows.map(({ number }) => number)).toEqual([...numbers()]);
  for (const { number, status, shown } of rows) {
    expect(["met", "not applicable", "not met"], number).toContain(status);
    expect(shown.length, number).toBeGreaterThan(5);
  }
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  const text = await readFile(new URL("docs/security/asvs.md", root), "utf8");
  expect(text).toContain(
    `Of ${rows.length}: ${count("met")} met, ${count("not applicable")} not applicable, ${count("not met")} not met.`,
  );
});

test.each(["docs/security/asvs.md", "SECURITY.md", "docs/operations/security.md"])(
  "all that %s names is there",
  async (file) => {
    const text = await readFile(new URL(file, root), "utf8");
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
      ([, path = ""]) => new URL(path, new URL(file, root)),
    );
    const named = pathsIn(text)
      .filter(isPath)
      .map((path) => new URL(path, root));
    expect(named.length + links.length).toBeGreaterThan(2);
    for (const url of [...named, ...links]) await expect(access(url), url.pathname).resolves.toBeUndefined();
  },
);
