import type { Argument } from "#lib/model/types.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { readArguments } from "#lib/plan/write/readArguments.ts";
import { refuse } from "#lib/plan/write/refuse.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import { type Answer, jsonAnswer } from "../http/Answer.ts";
import { fillTemplate, isListTemplate } from "./query/QueryTemplate.ts";
import { queryWithout } from "./query/queryWithout.ts";
import type { RestCall } from "./RestCall.ts";
import { noSuchRecord } from "./refusals.ts";

/** `GET /deals:hot?arguments[since]=2026-01-01` with all that lists understand. */
export async function namedRead({ app, run, request }: RestCall, entity: Entity, action: string): Promise<Answer> {
  const { model } = app.catalog;
  const rules = rulesOf(app.catalog, entity, action);
  const { query, taken } = queryWithout(
    request.query,
    rules.arguments.map(({ name }) => `arguments[${name}]`),
  );
  const texts = rules.arguments.flatMap((argument): [string, unknown][] => {
    const text = taken.get(`arguments[${argument.name}]`);
    return text === undefined ? [] : [[argument.name, valueOfText(argument.type, text)]];
  });
  const now = new Date().toISOString();
  const read = readArguments(Object.fromEntries(texts), rules, { model, now });
  refuse(read.errors.map((error) => ({ ...error, field: `arguments[${error.field}]` })));
  const { template, values } = app.template(query, { entity, kind: "many", action });
  if (!isListTemplate(template)) throw new Error("The template is not that of a list.");
  const plan = { ...fillTemplate(template, values), arguments: read.values, now };
  return jsonAnswer(200, (await run(request.actor, plan)) ?? noSuchRecord());
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
