import { AppError } from "#lib/errors/AppError.ts";
import { answerFile } from "../files/answerFile.ts";
import { logDefect } from "../log.ts";
import { answerOnce } from "../once/answerOnce.ts";
import { answerRest } from "../rest/answerRest.ts";
import { refusalDocument } from "../rest/jsonapi/refusalDocument.ts";
import { restRoot } from "../rest/RestCall.ts";
import { describeRestRequest } from "../slow/describeRequest.ts";
import { watchedRun } from "../slow/watchedRun.ts";
import { usersPart } from "../users/lazyUsers.ts";
import { graphqlMount } from "./graphqlMount.ts";
import { lazily } from "./lazily.ts";
import type { Mount } from "./Mount.ts";

const eventsPart = lazily(() => import("../realtime/sse/eventsRoute.ts"));
const parkedPart = lazily(() => import("../events/parkedRoute.ts"));
const explainPart = lazily(() => import("../policies/explainRoute.ts"));
const endpointsPart = lazily(() => import("../endpoints/endpointsRoute.ts"));
const hooksPart = lazily(() => import("../hooks/hooksRoute.ts"));
const openApiPart = lazily(() => import("../docs/openApiRoute.ts"));
const sdkPart = lazily(() => import("../sdk/sdkRoute.ts"));
const explorerPart = lazily(() => import("../graphql/explorer/explorerRoute.ts"));
const processesPart = lazily(() => import("../processes/api/processesRoute.ts"));
const docsPart = lazily(() => import("../docs/docsRoute.ts"));

/** Where protocols meet execution: each turns a request into plans, which the environment runs. */
export const mounts: readonly Mount[] = [
  {
    path: restRoot,
    route: "rest",
    refusal: (error, request, { app }) => refusalDocument(error, { ...request, model: app.model }),
    answer: (request, environment) => {
      const { app, files, spec } = environment;
      const run = watchedRun(environment.run, {
        slow: environment.slow,
        sighting: request.sighting,
        tell: () => describeRestRequest(request),
      });
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
      const parts = { app: app.rest, feed: changes, streams, isAllowed, onDefect };
      return eventsPart(({ eventsRoute }) => eventsRoute(parts, request));
    },
  },
  ...["/events/parked", "/events/parked/"].map(
    (path): Mount => ({
      path,
      route: "events",
      answer: (request, environment) => parkedPart(({ parkedRoute }) => parkedRoute(request, environment)),
    }),
  ),
  {
    path: "/policies/explain",
    route: "explain",
    answer: (request, { app, database }) =>
      explainPart(({ explainRoute }) => explainRoute({ catalog: app.catalog, database }, request)),
  },
  {
    path: "/auth/",
    route: "auth",
    // Whoever signs in is nobody yet.
    open: true,
    answer: (request, environment) => {
      if (!environment.app.model.app.auth) throw new AppError("not_found", "Nobody can sign in to this app.");
      return usersPart(({ usersOf, authRoute }) => authRoute(usersOf(environment), request));
    },
  },
  {
    path: "/.well-known/",
    route: "auth",
    open: true,
    answer: (request, environment) => {
      if (!environment.app.model.app.auth) throw new AppError("not_found", "There is nothing at this path.");
      return usersPart(({ usersOf, wellKnown }) => wellKnown(usersOf(environment), request));
    },
  },
  ...["/endpoints", "/endpoints/"].map(
    (path): Mount => ({
      path,
      route: "endpoints",
      answer: (request, environment) => endpointsPart(({ endpointsRoute }) => endpointsRoute(request, environment)),
    }),
  ),
  ...["/processes", "/processes/", "/runs", "/runs/"].map(
    (path): Mount => ({
      path,
      route: path.replaceAll("/", ""),
      // Each process says who may call it.
      open: true,
      answer: (request, environment) => processesPart(({ processesRoute }) => processesRoute(request, environment)),
    }),
  ),
  {
    path: "/hooks/",
    route: "hooks",
    // Whoever calls shows who it is by a signature.
    open: true,
    answer: (request, environment) => hooksPart(({ hooksRoute }) => hooksRoute(request, environment)),
  },
  {
    path: "/openapi.json",
    route: "openapi",
    answer: ({ url }, { app, spec }) =>
      openApiPart(({ openApiRoute }) => openApiRoute({ model: app.model, release: spec.release, url })),
  },
  {
    path: "/sdk.ts",
    route: "sdk",
    answer: (_request, { app, spec }) =>
      sdkPart(({ sdkRoute }) => sdkRoute({ model: app.model, release: spec.release })),
  },
  {
    path: "/graphql/explorer/",
    route: "docs",
    open: true,
    answer: (request) => explorerPart(({ explorerAsset }) => explorerAsset(request)),
  },
  { path: "/docs", route: "docs", open: true, answer: ({ path }) => docsPart(({ docsRoute }) => docsRoute(path)) },
  { path: "/docs/", route: "docs", open: true, answer: ({ path }) => docsPart(({ docsRoute }) => docsRoute(path)) },
];
