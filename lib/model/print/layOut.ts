import type { CallCode, Code, ListCode, ObjectCode } from "./Code.ts";
import { quoteName } from "./quoteText.ts";
import type { Style } from "./Style.ts";
import { lineWidth } from "./Style.ts";

interface Room {
  readonly style: Style;
  /** Indentation of the line on which the code starts. */
  readonly indent: string;
  /** Columns that are taken on its first line before it, and on its last line after it. */
  readonly before: number;
  readonly after: number;
}

/** Source text of a piece of code: on one line where it fits, else as the common formatters break it. */
export function layOut(code: Code, room: Room): string {
  if (typeof code === "string") return code;
  if (!mustBreak(code)) {
    const line = flat(code, room.style);
    if (room.before + line.length + room.after <= lineWidth) return line;
  }
  switch (code.kind) {
    case "object":
      return layOutObject(code, room);
    case "list":
      return layOutList(code, room);
    case "call":
      return layOutCall(code, room);
  }
}

function layOutObject({ properties }: ObjectCode, room: Room): string {
  const { style } = room;
  return layOutLines("{", "}", room, (indent) =>
    properties.map(([name, value]) => {
      const key = `${quoteName(name, style)}: `;
      return key + layOut(value, { style, indent, before: indent.length + key.length, after: 1 });
    }),
  );
}

function layOutList({ items }: ListCode, room: Room): string {
  const { style } = room;
  return layOutLines("[", "]", room, (indent) =>
    items.map((item) => layOut(item, { style, indent, before: indent.length, after: 1 })),
  );
}

function layOutCall({ name, args }: CallCode, room: Room): string {
  const { style, indent } = room;
  const last = args.at(-1);
  const head = `${name}(${args
    .slice(0, -1)
    .map((arg) => `${flat(arg, style)}, `)
    .join("")}`;
  const ends = typeof last === "object" && last.kind === "list" && (args.length === 1 || last.items.length > 0);
  if (last !== undefined && (ends || isFilledObject(last)) && room.before + head.length + 1 <= lineWidth) {
    return `${head}${layOut(last, { style, indent, before: room.before + head.length, after: room.after + 1 })})`;
  }
  return layOutLines(`${name}(`, ")", room, (deeper) =>
    args.map((arg) => layOut(arg, { style, indent: deeper, before: deeper.length, after: 1 })),
  );
}

function layOutLines(open: string, close: string, room: Room, lines: (indent: string) => readonly string[]): string {
  const { style, indent } = room;
  const deeper = indent + style.indent;
  const body = lines(deeper).map((line) => `${deeper}${line},${style.newline}`);
  return body.length === 0 ? open + close : `${open}${style.newline}${body.join("")}${indent}${close}`;
}

/** All on one line. */
export function flat(code: Code, style: Style): string {
  if (typeof code === "string") return code;
  switch (code.kind) {
    case "object": {
      const properties = code.properties.map(([name, value]) => `${quoteName(name, style)}: ${flat(value, style)}`);
      return properties.length === 0 ? "{}" : `{ ${properties.join(", ")} }`;
    }
    case "list":
      return `[${code.items.map((item) => flat(item, style)).join(", ")}]`;
    case "call":
      return `${code.name}(${code.args.map((arg) => flat(arg, style)).join(", ")})`;
  }
}

function mustBreak(code: Code): boolean {
  if (typeof code === "string") return false;
  switch (code.kind) {
    case "object":
      return (
        (code.open === true && code.properties.length > 0) || code.properties.some(([, value]) => mustBreak(value))
      );
    case "list":
      return (code.open === true && code.items.length > 0) || isTable(code) || code.items.some(mustBreak);
    case "call":
      return code.args.some(mustBreak);
  }
}

/** Lists of lists stand one to a line. */
function isTable({ items }: ListCode): boolean {
  if (items.length < 2) return false;
  const lists = items.every((item) => typeof item === "object" && item.kind === "list" && item.items.length > 1);
  const objects = items.every(
    (item) => typeof item === "object" && item.kind === "object" && item.properties.length > 1,
  );
  return lists || objects;
}

function isFilledObject(code: Code): boolean {
  return typeof code === "object" && code.kind === "object" && code.properties.length > 0;
}
