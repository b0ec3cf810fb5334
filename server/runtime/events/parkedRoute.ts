import { AppError } from "#lib/errors/AppError.ts";
import { hasEvents } from "#lib/model/events/resourcesWithEvents.ts";
import type { Environment } from "../host/Environment.ts";
import { type Answer, emptyAnswer, jsonAnswer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";
import { eventConsumers } from "./eventConsumers.ts";
import { listParked, replayParked } from "./parkedEvents.ts";

export const parkedRoot = "/events/parked";

/** `GET /events/parked`, and `POST /events/parked/<consumer>/<event>/replay`: events that were set aside, for service keys. */
export async function parkedRoute(request: AppRequest, environment: Environment): Promise<Answer> {
  if (!request.actor.unrestricted) {
    throw new AppError("forbidden", "Only a service key may see and replay events that were set aside.");
  }
  if (!hasEvents(environment.app.model)) throw new AppError("not_found", "This app has no events.");
  const [consumer = "", event = "", operation, ...surplus] = request.path.slice(parkedRoot.length).split("/").slice(1);
  if (consumer === "") {
    if (request.method !== "GET") throw new MethodError(["GET", "OPTIONS"]);
    return jsonAnswer(200, JSON.stringify({ data: await listParked(environment) }));
  }
  if (operation !== "replay" || surplus.length > 0)
    throw new AppError("not_found", "There is nothing at this address.");
  if (request.method !== "POST") throw new MethodError(["POST", "OPTIONS"]);
  await replayParked({ environment, consumers: eventConsumers, consumer, event });
  return emptyAnswer(204);
}
