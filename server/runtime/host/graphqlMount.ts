import type { Actor } from "#lib/plan/types.ts";
import { asksForPage } from "../graphql/explorer/asksForPage.ts";
import { GraphqlApp } from "../graphql/GraphqlApp.ts";
import { graphqlRoute } from "../graphql/graphqlRoute.ts";
import { logDefect } from "../log.ts";
import { answerOnce } from "../once/answerOnce.ts";
import { graphqlEvents, wantsEvents } from "../realtime/graphql/graphqlEvents.ts";
import type { Operating } from "../realtime/graphql/operationResults.ts";
import type { Environment } from "./Environment.ts";
import type { Mount } from "./Mount.ts";

/** `/graphql`: over HTTP, as server-sent events, and over a WebSocket. */
export const graphqlMount: Mount = {
  path: "/graphql",
  route: "graphql",
  open: ({ method, url = "", headers }) => asksForPage({ method, query: url.includes("?") ? "?" : "", headers }),
  streams: ({ accept }) => wantsEvents(accept),
  answer: (request, environment) => {
    const { run, streams, callers } = environment;
    const onDefect = defectsOf(environment);
    if (wantsEvents(request.headers.accept)) {
      const isAllowed = () => callers.knows(request.headers);
      return graphqlEvents(
        { operating: operatingOf(environment, request.actor), streams, isAllowed, onDefect },
        request,
      );
    }
    const app = appOf(environment);
    return answerOnce({ request, run }, (call) => graphqlRoute({ app, run: call.run, onDefect }, call.request));
  },
  upgrade: async (upgrade, environment) => {
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
  },
};

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
