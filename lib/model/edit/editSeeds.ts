import { parseSource } from "../read/parseSource.ts";
import { propertyName } from "../read/readProperties.ts";
import type { ObjectExpression, ObjectProperty } from "../read/syntax.ts";
import { spanOf } from "../read/syntax.ts";
import { containerOf } from "./Container.ts";
import { cutSpans, removalCuts } from "./removeItem.ts";
import type { SourceFile } from "./SourceFile.ts";
import { openSource, spliceText } from "./SourceFile.ts";

/** What becomes of the fields of a resource's seed rows, by their old names. */
export interface SeedEdit {
  readonly renamed: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
  /** Options of choices that have another name: field, old option, new option. */
  readonly options: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const prefix = "export default ";

/** The rows of a seed file with other names. A file that is no list of rows stays as it is. */
export function editSeeds(text: string, edit: SeedEdit): string {
  if (!parseSource(prefix + text).file) return text;
  const removed = edit.removed.reduce((current, field) => {
    const source = rowsOf(current);
    const cuts = source.rows.flatMap((row) => {
      const index = row.properties.findIndex((property) => nameOf(property) === field);
      return index < 0 ? [] : removalCuts(source.file, containerOf(source.file, row), index);
    });
    return cutSpans(source.file.text, cuts).slice(prefix.length);
  }, text);
  const { file, rows } = rowsOf(removed);
  const changes = rows
    .flatMap((row) => row.properties)
    .filter((property) => property.type === "ObjectProperty")
    .flatMap((property) => renamesIn(property, edit));
  const fromTheEnd = changes.sort((a, b) => b.start - a.start);
  return fromTheEnd
    .reduce((current, { start, end, text: fresh }) => spliceText(current, start, end, fresh), file.text)
    .slice(prefix.length);
}

function renamesIn(property: ObjectProperty, { renamed, options }: SeedEdit) {
  const name = propertyName(property);
  if (name === null) return [];
  const changes: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  const to = renamed.get(name);
  if (to !== undefined) changes.push({ ...spanOf(property.key), text: JSON.stringify(to) });
  const option = property.value.type === "StringLiteral" ? options.get(name)?.get(property.value.value) : undefined;
  if (option !== undefined) changes.push({ ...spanOf(property.value), text: JSON.stringify(option) });
  return changes;
}

function rowsOf(text: string): { readonly file: SourceFile; readonly rows: readonly ObjectExpression[] } {
  const file = openSource("", prefix + text);
  const [statement] = file.file.program.body;
  const list = statement?.type === "ExportDefaultDeclaration" ? statement.declaration : null;
  if (list?.type !== "ArrayExpression") return { file, rows: [] };
  return { file, rows: list.elements.filter((element) => element?.type === "ObjectExpression") };
}

function nameOf(property: ObjectExpression["properties"][number]): string | null {
  return property.type === "ObjectProperty" ? propertyName(property) : null;
}
