import type { IncomingMessage } from "node:http";
import { askedToChange } from "../telemetry/askedToChange.ts";
import { operationOf, operationsOf } from "../telemetry/operationOf.ts";
import type { Sighting } from "../telemetry/Sighting.ts";
import type { Routed } from "./answerRequest.ts";

interface Noted {
  readonly sighting: Sighting;
  readonly request: IncomingMessage;
  readonly status: number;
  /** ms of the process's own clock. */
  readonly began: number;
  /** Of the answer's body. */
  readonly bytes: number;
}

/** Counts a request where its environment's figures are. */
export function noteRequest(
  { environment, mount, address }: Routed,
  { sighting, request, status, began, bytes }: Noted,
): void {
  const { app, telemetry } = environment;
  const { method = "GET" } = request;
  const operation = operationOf(sighting, { app, route: mount?.route ?? "other", method, path: address.path });
  const milliseconds = performance.now() - began;
  const isChange = askedToChange(sighting, method);
  telemetry.request({ sighting, operation, status, milliseconds, isChange, bytes }, operationsOf(app));
}
