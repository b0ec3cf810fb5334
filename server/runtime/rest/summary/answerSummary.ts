import { namedActions } from "#lib/model/actions/namedActions.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import type { ReadPlan } from "#lib/plan/types.ts";
import { type Answer, jsonAnswer } from "../../http/Answer.ts";
import { argumentsOfQuery } from "../namedRead.ts";
import { refusal } from "../query/QueryTemplate.ts";
import { queryWithout } from "../query/queryWithout.ts";
import { readRawQuery } from "../query/RawQuery.ts";
import type { RestApp } from "../RestApp.ts";
import type { RestCall } from "../RestCall.ts";
import { noSuchRecord } from "../refusals.ts";
import { operandsOf, readSummaryTemplate, type SummaryTemplate } from "./readSummaryTemplate.ts";

const maxTemplates = 500;
const maxSkeleton = 4000;

/** `GET /deals:summary?group=stage&measure=count,sum(amount)`, with the filters that lists understand. */
export async function answerSummary({ app, run, request }: RestCall, entity: Entity): Promise<Answer> {
  const { query, taken } = queryWithout(request.query, ["read"]);
  const action = taken.get("read");
  if (action !== undefined) checkRead(entity, action);
  const asked = action === undefined ? { query, given: {} } : argumentsOfQuery(app.catalog, query, { entity, action });
  const { template, values } = templateOf(app, asked.query, { entity, ...(action !== undefined && { action }) });
  const plan: ReadPlan = { shape: template.shape, parameters: operandsOf(template, values), ...asked.given };
  return jsonAnswer(200, (await run(request.actor, plan)) ?? noSuchRecord());
}

function checkRead({ name, resource }: Entity, action: string): void {
  const allowed = namedActions(resource).flatMap((each) => (each.type === "read" ? [each.name] : []));
  if (allowed.includes(action)) return;
  throw refusal([{ field: "read", rule: "unknown", message: `${name} has no read of this name.`, allowed }]);
}

interface Found {
  readonly template: SummaryTemplate;
  readonly values: readonly string[];
}

const known = new WeakMap<RestApp, Map<string, SummaryTemplate>>();

/** What a query comes to, kept like the templates of lists. */
function templateOf(app: RestApp, query: string, asked: { readonly entity: Entity; readonly action?: string }): Found {
  const { pairs, skeleton, values } = readRawQuery(query);
  const templates = known.get(app) ?? new Map<string, SummaryTemplate>();
  known.set(app, templates);
  const name = `${asked.entity.name} ${asked.action ?? ""} ${skeleton}`;
  const same = templates.get(name);
  if (same) return { template: same, values };
  const template = readSummaryTemplate(pairs, { ...asked, catalog: app.catalog });
  if (name.length <= maxSkeleton) {
    templates.set(name, template);
    for (const oldest of templates.size > maxTemplates ? templates.keys().take(1) : []) templates.delete(oldest);
  }
  return { template, values };
}
