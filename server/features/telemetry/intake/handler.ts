import { hash, timingSafeEqual } from "node:crypto";
import { AppError } from "#lib/errors/AppError.ts";
import { database } from "../../../database.ts";
import { env } from "../../../env.ts";
import { answering } from "../../../http/answering.ts";
import { limitedText } from "../../../http/limitBody.ts";
import { keepUsage, readUsage, usageMetric } from "../../usage/service.ts";
import { keepPoints } from "./keepPoints.ts";
import { keepRecords } from "./keepRecords.ts";
import { readLogs } from "./readLogs.ts";
import { readMetrics } from "./readMetrics.ts";

const largest = 16 << 20;

interface Asked {
  readonly params: Promise<{ readonly signal: string }>;
}

/**
 * `POST /api/telemetry/v1/{metrics,logs}`: OTLP over HTTP as JSON, from the runtimes of this installation. What does not
 * fit is left out and counted in the answer; what was told before changes nothing.
 */
export const handleTelemetry = answering(async (request: Request, { params }: Asked): Promise<Response> => {
  const [, given = ""] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  if (!timingSafeEqual(digest(given), digest(env().GANTRY_TELEMETRY_SECRET))) {
    throw new AppError("unauthenticated", "Send the secret of this installation's runtimes.");
  }
  const { signal } = await params;
  if (signal !== "metrics" && signal !== "logs") throw new AppError("not_found", "Send metrics or logs.");
  const [type] = (request.headers.get("content-type") ?? "").split(";");
  if (type?.trim() !== "application/json" || (request.headers.get("content-encoding") ?? "identity") !== "identity") {
    throw new AppError("unsupported_media_type", "Send application/json, not packed.");
  }
  const document = parse(await limitedText(request, largest));
  const rejected = signal === "metrics" ? await takeMetrics(document) : await takeLogs(document);
  return Response.json(rejected, { headers: { "cache-control": "no-store" } });
});

async function takeMetrics(document: unknown): Promise<object> {
  const { points, rejected } = readMetrics(document);
  const figures = points.filter(({ name }) => name !== usageMetric);
  await keepPoints(database(), figures);
  await keepUsage(database(), readUsage(points));
  return rejected > 0 ? { partialSuccess: { rejectedDataPoints: String(rejected), errorMessage } } : {};
}

async function takeLogs(document: unknown): Promise<object> {
  const { records, rejected } = readLogs(document);
  await keepRecords(database(), records);
  return rejected > 0 ? { partialSuccess: { rejectedLogRecords: String(rejected), errorMessage } } : {};
}

const errorMessage = "Some of it was not of the form that is kept here.";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_request", "The body is not valid JSON.", { cause });
  }
}

/** Of equal length whatever was sent. */
function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
