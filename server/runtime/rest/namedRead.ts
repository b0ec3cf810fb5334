import type { Argument } from "#lib/model/types.ts";
import type { Catalog, Entity } from "#lib/plan/catalog/Catalog.ts";
import type { Plan } from "#lib/plan/types.ts";
import { readArguments } from "#lib/plan/write/readArguments.ts";
import { refuse } from "#lib/plan/write/refuse.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import { type Answer, jsonAnswer } from "../http/Answer.ts";
import { csvCall, exportCsv } from "./csv/exportCsv.ts";
import { fillTemplate, isListTemplate } from "./query/QueryTemplate.ts";
import { queryWithout } from "./query/queryWithout.ts";
import type { RestCall } from "./RestCall.ts";
import { noSuchRecord } from "./refusals.ts";

/** `GET /deals:hot?arguments[since]=2026-01-01` with all that lists understand. */
export async function namedRead(asked: RestCall, entity: Entity, action: string): Promise<Answer> {
  const { call, csv } = csvCall(asked);
  const { app, run, request } = call;
  const { query, given } = argumentsOfQuery(app.catalog, request.query, { entity, action });
  const { template, values } = app.template(query, { entity, kind: "many", action });
  if (!isListTemplate(template)) throw new Error("The template is not that of a list.");
  const plan = { ...fillTemplate(template, values), ...given };
  if (csv) return exportCsv(call, plan, { ...csv, headers: template.headers });
  return jsonAnswer(200, (await run(request.actor, plan)) ?? noSuchRecord(), template.headers);
}

interface NamedAction {
  readonly entity: Entity;
  readonly action: string;
}

/** The arguments of a named read, and the query without them. */
export function argumentsOfQuery(
  catalog: Catalog,
  text: string,
  { entity, action }: NamedAction,
): { readonly query: string; readonly given: Pick<Plan, "arguments" | "now"> } {
  const { model } = catalog;
  const rules = rulesOf(catalog, entity, action);
  const { query, taken } = queryWithout(
    text,
    rules.arguments.map(({ name }) => `arguments[${name}]`),
  );
  const texts = rules.arguments.flatMap((argument): [string, unknown][] => {
    const value = taken.get(`arguments[${argument.name}]`);
    return value === undefined ? [] : [[argument.name, valueOfText(argument.type, value)]];
  });
  const now = new Date().toISOString();
  const read = readArguments(Object.fromEntries(texts), rules, { model, now });
  refuse(read.errors.map((error) => ({ ...error, field: `arguments[${error.field}]` })));
  return { query, given: { arguments: read.values, now } };
}

/** The JSON that a text of a URL stands for; items of a list are parted by commas. */
function valueOfText(type: Argument["type"], text: string): unknown {
  switch (type.kind) {
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : text;
    case "list": {
      const { of } = type;
      return text === "" ? [] : text.split(",").map((item) => valueOfText(of, item));
    }
    default:
      return text;
  }
}
