import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../../trpc/root.ts";

/** What procedures answer, for `answerSchemas` to read. */
export type ProcedureAnswers = inferRouterOutputs<AppRouter>;
