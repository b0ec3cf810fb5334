import { z } from "zod";
import { projectProcedure, router } from "../../trpc/init.ts";
import { alertsRouter } from "./alerts/router.ts";
import { environmentProcedure } from "./environmentProcedure.ts";
import { environmentFigures, overview } from "./figures/environmentFigures.ts";
import { operationTrafficOf } from "./figures/operationTraffic.ts";
import { rangeNames } from "./figures/ranges.ts";
import { topologyOf } from "./figures/topology.ts";
import { keptText } from "./intake/otlp.ts";
import { severities } from "./intake/readLogs.ts";
import { searchLogs } from "./logs/searchLogs.ts";

const range = z.enum(rangeNames).default("1h");

const text = (most: number) => keptText(most).transform((given) => given.trim());
const moment = z.date().min(new Date(0)).max(new Date("9999-01-01"));

const logQuery = z.object({
  words: text(200).optional(),
  severities: z.array(z.enum(severities)).max(4).optional(),
  scopes: z.array(text(40)).max(10).optional(),
  from: moment.optional(),
  until: moment.optional(),
  release: z.number().int().min(0).max(2_147_483_647).optional(),
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/, "A trace id has 32 hexadecimal digits.")
    .optional(),
  /** Where the page before ended. */
  cursor: text(80).optional(),
  size: z.number().int().min(1).max(200).default(100),
});

export const telemetryRouter = router({
  alerts: alertsRouter,

  /** The project's environments side by side. */
  overview: projectProcedure
    .input(z.object({ range }))
    .query(({ ctx, input }) => overview(ctx.db, ctx.project.id, input.range)),

  /** Requests, connections, database, releases and the slowest requests of one environment. */
  figures: environmentProcedure
    .input(z.object({ range }))
    .query(({ ctx, input }) => environmentFigures(ctx.db, ctx.environment.id, input.range)),

  /** The operations that were called in the last days. */
  traffic: environmentProcedure
    .input(z.object({ days: z.number().int().min(1).max(14).default(7) }))
    .query(({ ctx, input }) => operationTrafficOf(ctx.db, ctx.environment.id, input)),

  /** What talked to what in the last 24 hours. */
  topology: environmentProcedure.query(({ ctx }) => topologyOf(ctx.db, ctx.environment.id)),

  /** What runtimes logged, the newest first. */
  logs: environmentProcedure
    .input(logQuery)
    .query(({ ctx, input }) => searchLogs(ctx.db, ctx.environment.id, { ...input, older: input.cursor })),
});
