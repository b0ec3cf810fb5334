import type { IncomingHttpHeaders } from "node:http";
import type { AppRequest } from "../../http/AppRequest.ts";

export const csvType = "text/csv; charset=utf-8; header=present";

/** Whether the reader of a list would rather have CSV than anything else that is answered. */
export function asksCsv({ method, headers: { accept } }: Pick<AppRequest, "method" | "headers">): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  if (!accept?.toLowerCase().includes("text/csv")) return false;
  const [csv, ...others] = ["text/csv", "application/json", "application/vnd.api+json"].map((type) =>
    qualityOf(accept, type),
  );
  return csv !== undefined && csv > 0 && others.every((quality) => quality <= csv);
}

/** Of a type that is named as such; 0 where it is not. */
function qualityOf(accept: string, type: string): number {
  for (const range of accept.toLowerCase().split(",")) {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim());
    if (name !== type) continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return quality === undefined ? 1 : Number(quality.slice(2)) || 0;
  }
  return 0;
}

/** Whether a body is said to be CSV. */
export function sendsCsv(headers: Pick<IncomingHttpHeaders, "content-type">): boolean {
  return /^\s*text\/csv\s*(?:;|$)/i.test(headers["content-type"] ?? "");
}
