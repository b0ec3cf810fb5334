import type { Bulk } from "#lib/plan/Bulk.ts";
import type { RunPlan } from "#lib/plan/types.ts";
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
