import type { RunPlan } from "#lib/plan/types.ts";
import type { Answer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { answerGraphql } from "./answerGraphql.ts";
import { asksForPage } from "./explorer/asksForPage.ts";
import { explorerPage } from "./explorer/explorerRoute.ts";
import type { GraphqlApp } from "./GraphqlApp.ts";

/** What `/graphql` of one app needs. */
export interface GraphqlRoute {
  readonly app: GraphqlApp;
  readonly run: RunPlan;
  /** Takes what was thrown while a request was answered and is not told to the caller. */
  readonly onDefect: (error: unknown) => void;
}

/** Answers `/graphql`. The caller must be known before: introspection tells of the model without any plan being run. */
export async function graphqlRoute({ app, run, onDefect }: GraphqlRoute, request: AppRequest): Promise<Answer> {
  const { method, headers, actor } = request;
  if (asksForPage(request)) return explorerPage();
  const input = {
    method,
    query: request.query,
    contentType: headers["content-type"],
    accept: headers.accept,
    charge: request.charge,
    body: method === "POST" ? await request.body() : "",
  };
  return answerGraphql(app, input, { actor, run, onDefect });
}
