import type { RunPlan } from "#lib/plan/types.ts";
import type { Bulk } from "../bulk/Bulk.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import type { RestApp } from "./RestApp.ts";

export interface RestCall {
  readonly app: RestApp;
  readonly run: RunPlan;
  /** For tables, which are read and written piece by piece. */
  readonly bulk: Bulk;
  readonly request: AppRequest;
}

export const restRoot = "/rest/v1/";
