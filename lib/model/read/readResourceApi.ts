import type { OperationSettings, ResourceApi } from "../types.ts";
import { plain, readString, refuseKind } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader, readSection } from "./OptionReader.ts";
import { present } from "./present.ts";
import { someOf } from "./someOf.ts";
import type { Expression } from "./syntax.ts";

/** What a resource can say of its APIs, in the order in which it is written. */
const resourceApiOptions = ["path", "pageSize", "maxPageSize", "filterable", "sortable", "operations"] as const;

/** Reads `{ path: "opportunities", pageSize: 20, operations: { win: { graphql: "closeDeal" } } }`. */
export function readResourceApi(node: Expression | undefined, at: At): ResourceApi | undefined {
  if (!node) return undefined;
  const object = plain(node);
  if (object.type !== "ObjectExpression") {
    refuseKind(node, at.reading, at.path, "Write what the APIs show in `{ }` here.");
    return undefined;
  }
  const options = new OptionReader(object, at, { allowed: resourceApiOptions, of: "`api`" });
  const operations = options.node("operations");
  const api: ResourceApi = present({
    path: options.text("path"),
    pageSize: options.count("pageSize"),
    maxPageSize: options.count("maxPageSize"),
    filterable: options.texts("filterable"),
    sortable: options.texts("sortable"),
    operations: operations && someOf(readSection(operations, options.at("operations"), readOperation)),
  });
  return Object.keys(api).length === 0 ? undefined : api;
}

/** One of `operations`; null where it says nothing. */
function readOperation(action: string, node: Expression, at: At): OperationSettings | null {
  const object = plain(node);
  if (object.type !== "ObjectExpression") {
    return refuseKind(node, at.reading, at.path, 'Write `{ rest: false }` or `{ graphql: "..." }` here.');
  }
  const options = new OptionReader(object, at, { allowed: ["rest", "graphql"], of: "An operation" });
  const said = present({ rest: readShown("rest", options), graphql: readShown("graphql", options) });
  return Object.keys(said).length === 0 ? null : { action, ...said };
}

/** `false`, or a name of its own. */
function readShown(protocol: "rest" | "graphql", options: OptionReader): false | string | undefined {
  const node = options.node(protocol);
  if (!node) return undefined;
  const value = plain(node);
  const { reading, path } = options.at(protocol);
  if (value.type !== "BooleanLiteral") return readString(node, reading, path) ?? undefined;
  if (!value.value) return false;
  reading.refuse("wrong_type", node, path, "Write `false` to hide it or its name in quotes; leave it out to show it.");
  return undefined;
}
