import { restPath } from "#lib/model/naming/restPath.ts";
import { type Catalog, type Entity, entityNamed } from "#lib/plan/catalog/Catalog.ts";
import { type Position, printPosition } from "../feed/Position.ts";
import type { ToldChange } from "../feed/ToldChange.ts";

/** Lines of JSON end where PostgreSQL likes it; values have no ends of lines that are not escaped. */
export function oneLine(json: string): string {
  return json.includes("\n") ? json.replaceAll("\n", "") : json;
}

/** One change as a server-sent event. */
export function changeText(catalog: Catalog, change: ToldChange): string {
  const known = change.printed.get("sse");
  if (known !== undefined) return known;
  const { kind, key, record, position } = change;
  const entity = entityNamed(catalog, change.resource);
  const resource = JSON.stringify(restPath(entity.resource));
  const shown = record === null ? "" : `,"record":${oneLine(record)}`;
  const data = `{"resource":${resource},"kind":"${kind}","id":${keyJson(entity, key)}${shown}}`;
  const text = `id: ${printPosition(position)}\nevent: ${kind}\ndata: ${data}\n\n`;
  change.printed.set("sse", text);
  return text;
}

/** A key as records show it. */
function keyJson({ key }: Entity, text: string): string {
  return key.type.kind === "integer" ? text : JSON.stringify(text);
}

/** So soon a reader whose connection broke comes back. */
const retryMilliseconds = 2000;

export function greeting(position: Position): string {
  return `retry: ${retryMilliseconds}\nid: ${printPosition(position)}\n\n`;
}

/** Keeps the connection open and the reader's position up to date. */
export function heartbeat(position: Position): string {
  return `:\nid: ${printPosition(position)}\n\n`;
}

/** Where many are sent away at once, they do not all come back at once. */
export function farewell(): string {
  return `retry: ${500 + Math.floor(1500 * Math.random())}\n:\n\n`;
}

/** The feed no longer goes back to where the reader was. */
export function resetText(position: Position): string {
  const detail = "Changes were missed that are no longer kept. Read the records anew; the feed goes on from here.";
  const data = JSON.stringify({ code: "position_gone", detail });
  return `id: ${printPosition(position)}\nevent: reset\ndata: ${data}\n\n`;
}
