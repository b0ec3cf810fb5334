import { answerRest, restRoot } from "../rest/answerRest.ts";
import type { Mount } from "./Mount.ts";

/** Where protocols meet execution: each turns a request into plans, which the environment runs. */
export const mounts: readonly Mount[] = [
  {
    path: restRoot,
    route: "rest",
    answer: (request, { app, run }) => answerRest({ app: app.rest, run, request }),
  },
];
