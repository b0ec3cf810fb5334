import { AppError } from "#lib/errors/AppError.ts";
import { hasEvents } from "#lib/model/events/resourcesWithEvents.ts";
import type { Environment } from "../host/Environment.ts";
import { type Answer, emptyAnswer, jsonAnswer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";
import { deliveryStatuses, getDelivery, listDeliveries, replayDelivery, replayRange } from "./Deliveries.ts";
import type { Endpoint } from "./Endpoint.ts";
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listEndpoints,
  rotateSecret,
  sendTestEvent,
  updateEndpoint,
} from "./Endpoints.ts";
import { checkTarget, readChanges, readEndpoint, readRange } from "./readEndpointInput.ts";

export const endpointsRoot = "/endpoints";

/** The endpoints of an app and what was sent to them, for service keys. */
export async function endpointsRoute(request: AppRequest, environment: Environment): Promise<Answer> {
  if (!request.actor.unrestricted) {
    throw new AppError("forbidden", "Only a service key may see and change the endpoints of the app.");
  }
  if (!hasEvents(environment.app.model)) {
    throw new AppError("not_found", "This app has no events. Let a resource have some: events: true.");
  }
  const [id, part, item, operation, ...surplus] = request.path
    .slice(endpointsRoot.length)
    .split("/")
    .slice(1)
    .map((text) => decodeURIComponent(text));
  if (surplus.length > 0) throw nothing();
  if (id === undefined || id === "") return collection(request, environment);
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new AppError("not_found", "There is no endpoint with this id.");
  if (part === undefined) return single(request, environment, id);
  if (part === "deliveries") return deliveriesOf(request, environment, { id, item, operation });
  if (item !== undefined) throw nothing();
  only(request, "POST");
  switch (part) {
    case "rotate-secret":
      return json(withSecret(await rotateSecret(environment, id)));
    case "test":
      return json({ event: await sendTestEvent(environment, id) }, 202);
    case "replay": {
      const range = readRange(await request.body());
      await getEndpoint(environment, id);
      return json({ deliveries: await replayRange(environment, id, range) }, 202);
    }
    default:
      throw nothing();
  }
}

async function collection(request: AppRequest, environment: Environment): Promise<Answer> {
  if (request.method === "GET") return json({ data: (await listEndpoints(environment)).map(shown) });
  only(request, "GET", "POST");
  const input = readEndpoint(await request.body());
  await checkTarget(input.url, allowed(environment));
  return json(withSecret(await createEndpoint(environment, input)), 201);
}

async function single(request: AppRequest, environment: Environment, id: string): Promise<Answer> {
  switch (request.method) {
    case "GET":
      return json(shown(await getEndpoint(environment, id)));
    case "PATCH": {
      const changes = readChanges(await request.body());
      if (changes.url !== undefined) await checkTarget(changes.url, allowed(environment));
      return json(shown(await updateEndpoint(environment, id, changes)));
    }
    case "DELETE":
      await deleteEndpoint(environment, id);
      return emptyAnswer(204);
    default:
      throw new MethodError(["GET", "PATCH", "DELETE", "OPTIONS"]);
  }
}

interface DeliveryPath {
  readonly id: string;
  readonly item: string | undefined;
  readonly operation: string | undefined;
}

async function deliveriesOf(
  request: AppRequest,
  environment: Environment,
  { id, item, operation }: DeliveryPath,
): Promise<Answer> {
  if (item === undefined) {
    only(request, "GET");
    await getEndpoint(environment, id);
    return json(await page(request, environment, id));
  }
  if (!/^\d{1,18}$/.test(item)) throw new AppError("not_found", "There is no delivery with this id.");
  if (operation === undefined) {
    only(request, "GET");
    return json(await getDelivery(environment, id, item));
  }
  if (operation !== "replay") throw nothing();
  only(request, "POST");
  await replayDelivery(environment, id, item);
  return emptyAnswer(202);
}

async function page({ query }: AppRequest, environment: Environment, endpoint: string) {
  const given = new URLSearchParams(query);
  const status = given.get("status");
  const known = deliveryStatuses.find((one) => one === status) ?? null;
  if (status !== null && known === null) throw unknown("status", deliveryStatuses);
  const after = given.get("after");
  if (after !== null && !/^\d{1,18}$/.test(after)) throw new AppError("invalid_cursor", "This is no page of the list.");
  const limit = Number(given.get("limit") ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw unknown("limit", ["1", "200"]);
  const rows = await listDeliveries(environment, { endpoint, status: known, after, limit: limit + 1 });
  const data = rows.slice(0, limit);
  return { data, page: { next: rows.length > limit ? (data.at(-1)?.id ?? null) : null } };
}

function unknown(field: string, allowed: readonly string[]): AppError {
  const message = `Give one of ${allowed.join(", ")}.`;
  return new AppError("invalid_request", message, { fields: [{ field, rule: "unknown", message, allowed }] });
}

/** Without its secrets, and without the password of its address. */
function shown({ secrets: _, url: text, isEnabled, ...endpoint }: Endpoint) {
  const url = new URL(text);
  if (url.password !== "") url.password = "***";
  else if (url.username !== "") url.username = "***";
  return { ...endpoint, url: url.password === "" && url.username === "" ? text : url.href, enabled: isEnabled };
}

/** At the one moment at which it is told. */
function withSecret(endpoint: Endpoint) {
  return { ...shown(endpoint), secret: endpoint.secrets[0] ?? null };
}

const allowed = ({ spec }: Environment) => spec.egress?.allow ?? [];

function only({ method }: AppRequest, ...methods: readonly string[]): void {
  if (!methods.includes(method)) throw new MethodError([...methods, "OPTIONS"]);
}

function nothing(): AppError {
  return new AppError("not_found", "There is nothing at this path.");
}

function json(value: object, status = 200): Answer {
  return jsonAnswer(status, JSON.stringify(value));
}
