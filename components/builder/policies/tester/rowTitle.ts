import type { Resource } from "#lib/model/types.ts";
import type { Row } from "./TesterClient.ts";

/** What a row is best known by: its first text, else its id. */
export function rowTitle({ attributes }: Resource, row: Row): string {
  const texts = attributes.filter(({ type }) => type.kind === "text" || type.kind === "email");
  const [title] = texts.map(({ name }) => row[name]).filter((value) => typeof value === "string" && value !== "");
  return typeof title === "string" ? title : String(row.id);
}

/** A value in a cell. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
