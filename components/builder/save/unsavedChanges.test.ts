import { expect, test } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import { changedFiles } from "../state/changedFiles.ts";
import { sampleSources } from "../testing/sampleSources.ts";
import { unsavedChanges } from "./unsavedChanges.ts";

function changesTo(change: Readonly<Record<string, (text: string) => string>>): readonly string[] {
  const before = sampleSources();
  const edited = Object.entries(change).map(([path, edit]) => [path, edit(before[path] ?? "")]);
  const after: Sources = { ...before, ...Object.fromEntries(edited) };
  return unsavedChanges(readModel(before).draft, readModel(after).draft, changedFiles(before, after));
}

test("what was changed in the model is told, not which file holds it", () => {
  const changes = changesTo({
    "domain/tag.ts": (text) => text.replace("label: text({", 'title: text({ column: "label",'),
  });
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatch(/Tag\.label is now called title/);
});

test("files beside the model are told by their names", () => {
  expect(changesTo({ "README.md": () => "# Shop\n" })).toEqual(["README.md has another text"]);
});

test("an edit that changes nothing in the model is told by its file", () => {
  expect(changesTo({ "domain/tag.ts": (text) => `// A label.\n${text}` })).toEqual(["domain/tag.ts has another text"]);
});

test("with nothing changed there is nothing to tell", () => {
  expect(changesTo({})).toEqual([]);
});
