import { docsRoute } from "../docs/docsRoute.ts";
import { openApiRoute } from "../docs/openApiRoute.ts";
import { answerFile } from "../files/answerFile.ts";
import { logDefect } from "../log.ts";
import { answerOnce } from "../once/answerOnce.ts";
import { explainRoute } from "../policies/explainRoute.ts";
import { eventsRoute } from "../realtime/sse/eventsRoute.ts";
import { answerRest } from "../rest/answerRest.ts";
import { refusalDocument } from "../rest/jsonapi/refusalDocument.ts";
import { restRoot } from "../rest/RestCall.ts";
import { graphqlMount } from "./graphqlMount.ts";
import type { Mount } from "./Mount.ts";

/** Where protocols meet execution: each turns a request into plans, which the environment runs. */
export const mounts: readonly Mount[] = [
  {
    path: restRoot,
    route: "rest",
    refusal: (error, request, { app }) => refusalDocument(error, { ...request, model: app.model }),
    answer: (request, environment) => {
      const { app, run, files, spec } = environment;
      const onDefect = (error: unknown) =>
        logDefect("The content of a file could not be deleted.", error, { environment: spec.id });
      const file = files && answerFile({ catalog: app.catalog, run, request, store: files, folder: spec.id, onDefect });
      return (
        file ?? answerOnce({ request, run }, (call) => answerRest({ ...call, app: app.rest, bulk: environment.bulk }))
      );
    },
  },
  graphqlMount,
  {
    path: "/events",
    route: "events",
    streams: true,
    answer: (request, { app, changes, streams, callers, spec }) => {
      const isAllowed = () => callers.knows(request.headers);
      const onDefect = (error: unknown) => logDefect("A change feed could not go on.", error, { environment: spec.id });
      return eventsRoute({ app: app.rest, feed: changes, streams, isAllowed, onDefect }, request);
    },
  },
  {
    path: "/policies/explain",
    route: "explain",
    answer: (request, { app, database }) => explainRoute({ catalog: app.catalog, database }, request),
  },
  {
    path: "/openapi.json",
    route: "openapi",
    answer: ({ url }, { app, spec }) => openApiRoute({ model: app.model, release: spec.release, url }),
  },
  { path: "/docs", route: "docs", open: true, answer: ({ path }) => docsRoute(path) },
  { path: "/docs/", route: "docs", open: true, answer: ({ path }) => docsRoute(path) },
];
