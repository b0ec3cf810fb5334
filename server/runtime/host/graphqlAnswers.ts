import type { Actor } from "#lib/plan/types.ts";
import { GraphqlApp } from "../graphql/GraphqlApp.ts";
import { graphqlRoute } from "../graphql/graphqlRoute.ts";
import type { Answer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { logDefect } from "../log.ts";
import { answerOnce } from "../once/answerOnce.ts";
import { graphqlEvents } from "../realtime/graphql/graphqlEvents.ts";
import type { Operating } from "../realtime/graphql/operationResults.ts";
import { wantsEvents } from "../realtime/graphql/wantsEvents.ts";
import { describeOperation } from "../slow/describeOperation.ts";
import { watchedRun } from "../slow/watchedRun.ts";
import type { Environment } from "./Environment.ts";
import type { AppUpgrade } from "./Mount.ts";

/** Answers `/graphql` over HTTP and as server-sent events. */
export function answerGraphqlMount(request: AppRequest, environment: Environment): Promise<Answer> | Answer {
  const { streams, callers } = environment;
  const onDefect = defectsOf(environment);
  if (wantsEvents(request.headers.accept)) {
    const isAllowed = () => callers.knows(request.headers);
    return graphqlEvents({ operating: operatingOf(environment, request.actor), streams, isAllowed, onDefect }, request);
  }
  const app = appOf(environment);
  const run = watchedRun(environment.run, {
    slow: environment.slow,
    sighting: request.sighting,
    tell: describeOperation,
  });
  return answerOnce({ request, run }, (call) => graphqlRoute({ app, run: call.run, onDefect }, call.request));
}

/** Opens a WebSocket for subscriptions. */
export async function upgradeGraphql(upgrade: AppUpgrade, environment: Environment): Promise<void> {
  // What most apps never need is not waited for at the start of the program.
  const { graphqlUpgrade } = await import("../realtime/webSocket/graphqlUpgrade.ts");
  const { callers, streams } = environment;
  await graphqlUpgrade({
    ...upgrade,
    app: appOf(environment),
    callers,
    streams,
    operating: ({ actor }) => operatingOf(environment, actor),
    onDefect: defectsOf(environment),
  });
}

function appOf({ app }: Environment): GraphqlApp {
  return app.part(GraphqlApp, () => new GraphqlApp(app.model));
}

function operatingOf(environment: Environment, actor: Actor): Operating {
  const { run, changes } = environment;
  return { app: appOf(environment), feed: changes, execution: { actor, run, onDefect: defectsOf(environment) } };
}

function defectsOf({ spec }: Environment): (error: unknown) => void {
  return (error) => logDefect("A GraphQL field could not be answered.", error, { environment: spec.id });
}
