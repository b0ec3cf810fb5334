import type { Route } from "./Route.ts";
import { operationRoutes } from "./routes/operationRoutes.ts";
import { organisationRoutes } from "./routes/organisationRoutes.ts";
import { projectRoutes } from "./routes/projectRoutes.ts";
import { releaseRoutes } from "./routes/releaseRoutes.ts";
import { signInRoutes } from "./routes/signInRoutes.ts";

/** The REST API: every operation, in the order of its document. Paths and operation ids are promises to callers. */
export const routes: readonly Route[] = [
  ...organisationRoutes,
  ...signInRoutes,
  ...projectRoutes,
  ...releaseRoutes,
  ...operationRoutes,
];
