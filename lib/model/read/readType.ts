import type { AttributeKind, AttributeType, ScalarType } from "../types.ts";
import { optionsIndex, scalarKinds } from "./builders.ts";
import { readCount, readString, readStrings } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import type { TypeShape } from "./optionsOf.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readChoiceOptions } from "./readChoiceOptions.ts";
import { readFlag, readLength, readText } from "./readOption.ts";
import type { Property } from "./readProperties.ts";
import { readOptions } from "./readProperties.ts";

type Options = ReadonlyMap<string, Property>;

/** What a type says before its options: the options of a choice, what a list is of, a value object, a pattern. */
export type TypeHead = TypeShape & {
  readonly complete: (options: Options, at: At) => AttributeType;
};

/** Reads the part of a type that stands before its options. */
export function readTypeHead(kind: AttributeKind, call: Call, at: At): TypeHead {
  switch (kind) {
    case "choice": {
      const options = readChoiceOptions(call, at);
      return { kind, complete: () => ({ kind, options }) };
    }
    case "list": {
      const of = readItemType(call, at);
      return { kind, of, complete: () => ({ kind, of }) };
    }
    case "embed": {
      const valueObject = readHead(call, at, { part: "valueObject", example: 'embed("Address")' });
      return {
        kind,
        complete: (options, place) => ({
          kind,
          valueObject,
          ...(readFlag("many", options, place) ? ({ many: true } as const) : {}),
        }),
      };
    }
    case "sequence": {
      const pattern = readHead(call, at, { part: "pattern", example: 'sequence("D-{year}-{0000}")' });
      return {
        kind,
        complete: (options, place) => ({
          kind,
          pattern,
          ...(readFlag("gapless", options, place) ? ({ gapless: true } as const) : {}),
        }),
      };
    }
    case "vector": {
      const dimensions = readDimensions(call, at);
      return { kind, complete: () => ({ kind, dimensions }) };
    }
    case "decimal":
      return { kind, complete: withDigits };
    case "money":
      return { kind, complete: (options, place) => ({ kind, ...readText("currency", options, place) }) };
    case "file":
      return {
        kind,
        complete: (options, place) => ({
          kind,
          ...readLength("maxSize", options, place, 15),
          ...readMediaTypes(options, place),
        }),
      };
    default:
      return { kind, complete: () => ({ kind }) };
  }
}

/** The type of the items: `text()`, `decimal({ scale: 2 })` or `choice(["open", "shipped"])`. */
function readItemType(call: Call, { reading, path }: At): ScalarType {
  const [first] = call.args;
  const at = [...path, "of"];
  const example = 'a type, such as `text()` or `choice(["first", "second"])`';
  if (!first) {
    reading.refuse("missing_option", call.node, at, "Say what it is a list of: `list(text())`.");
    return { kind: "text" };
  }
  reading.place(at, first);
  const item = readCall(first, reading, { path: at, allowed: scalarKinds, expected: example });
  const kind = scalarKinds.find((scalar) => scalar === item?.name);
  if (!item || !kind) return { kind: "text" };
  // Its options are refused where they belong to the list; what is left are those of the type itself.
  const object = optionsArgument(item, optionsIndex(kind), reading, at);
  const allowed = kind === "decimal" ? ["precision", "scale"] : [];
  const of = allowed.length === 0 ? "A type in a list" : "`decimal` in a list";
  const options = object ? readOptions(object, reading, { path: at, allowed, of }) : new Map<string, Property>();
  if (kind === "choice") return { kind, options: readChoiceOptions(item, { reading, path }) };
  return kind === "decimal" ? withDigits(options, { reading, path }) : { kind };
}

function withDigits(options: Options, at: At): Extract<ScalarType, { kind: "decimal" }> {
  return { kind: "decimal", ...readLength("precision", options, at), ...readLength("scale", options, at) };
}

function readHead(
  call: Call,
  { reading, path }: At,
  { part, example }: { readonly part: string; readonly example: string },
): string {
  const [first] = call.args;
  const at = [...path, part];
  if (!first) {
    reading.refuse("missing_option", call.node, at, `Write it as in \`${example}\`.`);
    return "";
  }
  reading.place(at, first);
  return readString(first, reading, at) ?? "";
}

function readDimensions(call: Call, { reading, path }: At): number {
  const [first] = call.args;
  const at = [...path, "dimensions"];
  if (!first) {
    reading.refuse("missing_option", call.node, at, "Say how many numbers a vector has: `vector(384)`.");
    return 1;
  }
  reading.place(at, first);
  return readCount(first, reading, at) ?? 1;
}

function readMediaTypes(options: Options, { reading, path }: At): { readonly mediaTypes?: readonly string[] } {
  const option = options.get("mediaTypes");
  const texts = option ? readStrings(option.value, reading, [...path, "mediaTypes"]) : null;
  return texts === null ? {} : { mediaTypes: texts };
}
