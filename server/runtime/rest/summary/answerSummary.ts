import { actionAtPath, offeredNamedActions, restName } from "#lib/model/api/operations.ts";
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
  const called = taken.get("read");
  const action = called === undefined ? undefined : readCalled(entity, called);
  const asked = action === undefined ? { query, given: {} } : argumentsOfQuery(app.catalog, query, { entity, action });
  const { template, values } = templateOf(app, asked.query, { entity, ...(action !== undefined && { action }) });
  const plan: ReadPlan = { shape: template.shape, parameters: operandsOf(template, values), ...asked.given };
  return jsonAnswer(200, (await run(request.actor, plan)) ?? noSuchRecord());
}

/** The name of the named read that REST offers under a name. */
function readCalled({ name, resource }: Entity, called: string): string {
  const action = actionAtPath(resource, called);
  if (action?.type === "read") return action.name;
  const reads = offeredNamedActions(resource, "rest").filter(({ type }) => type === "read");
  const allowed = reads.map((each) => restName(resource, each.name));
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
