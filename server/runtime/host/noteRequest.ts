import type { IncomingMessage } from "node:http";
import { operationOf, operationsOf } from "../telemetry/operationOf.ts";
import type { Sighting } from "../telemetry/Sighting.ts";
import type { Routed } from "./answerRequest.ts";

interface Noted {
  readonly sighting: Sighting;
  readonly request: IncomingMessage;
  readonly status: number;
  /** ms of the process's own clock. */
  readonly began: number;
}

/** Counts a request where its environment's figures are. */
export function noteRequest(
  { environment, mount, address }: Routed,
  { sighting, request, status, began }: Noted,
): void {
  const { app, telemetry } = environment;
  const { method = "GET" } = request;
  const operation = operationOf(sighting, { app, route: mount?.route ?? "other", method, path: address.path });
  const milliseconds = performance.now() - began;
  telemetry.request({ sighting, operation, status, milliseconds }, operationsOf(app));
}
