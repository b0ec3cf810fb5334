import { z } from "zod";
import { database } from "../database.ts";
import { logEvent } from "../log.ts";
import { answering } from "./answering.ts";
import { clientAddress } from "./clientAddress.ts";
import { limitedText } from "./limitBody.ts";
import { limitOf } from "./limits.ts";
import { countTry } from "./rateLimit.ts";

const largestReport = 16 * 1024;
const mostAtOnce = 10;
const longestText = 200;

const text = z.string().transform((given) => given.slice(0, longestText));

/** As `report-to` sends them; the names of `report-uri` are brought to these. */
const violation = z.object({
  documentURL: text,
  blockedURL: text.optional(),
  effectiveDirective: text.optional(),
  sourceFile: text.nullish(),
  lineNumber: z.number().int().nullish(),
});

type Violation = z.infer<typeof violation>;

/** What browsers tell of a page that tried what its policy does not allow: a line in the log each, without any query. */
export const handleCspReport = answering(async (request: Request): Promise<Response> => {
  const address = clientAddress(request.headers) ?? "unknown";
  await countTry(database(), [limitOf("csp-report:address", address), limitOf("csp-report:all", "all")]);
  for (const told of violationsIn(await limitedText(request, largestReport))) {
    logEvent("warn", "A page tried what its policy does not allow.", {
      page: bare(told.documentURL),
      blocked: bare(told.blockedURL),
      directive: told.effectiveDirective ?? "unknown",
      source: bare(told.sourceFile),
      line: told.lineNumber ?? null,
    });
  }
  return new Response(null, { status: 204 });
});

/** Of whatever was sent, what can be understood. */
function violationsIn(body: string): Violation[] {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return [];
  }
  const reports = Array.isArray(given) ? given.slice(0, mostAtOnce) : [given];
  return reports.flatMap((report) => {
    const { body: modern, "csp-report": older } = z.record(z.string(), z.unknown()).safeParse(report).data ?? {};
    const found = violation.safeParse(older === undefined ? modern : renamed(older));
    return found.success ? [found.data] : [];
  });
}

function renamed(older: unknown): unknown {
  const told = z.record(z.string(), z.unknown()).safeParse(older).data ?? {};
  return {
    documentURL: told["document-uri"],
    blockedURL: told["blocked-uri"],
    effectiveDirective: told["effective-directive"] ?? told["violated-directive"],
    sourceFile: told["source-file"],
    lineNumber: told["line-number"],
  };
}

/** Addresses may carry what opens things in their query. */
function bare(url: string | null | undefined): string | null {
  return url?.replace(/[?#].*$/s, "") ?? null;
}
