import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { AppError } from "#lib/errors/AppError.ts";
import { findAccess } from "../../../access/findAccess.ts";
import { principalOfRequest } from "../../../auth/principalOfRequest.ts";
import { database } from "../../../database.ts";
import { answering } from "../../../http/answering.ts";
import { limitOf } from "../../../http/limits.ts";
import { countTry } from "../../../http/rateLimit.ts";
import { tenantDatabase } from "../../../tenancy/tenantDatabase.ts";
import { requireFeature } from "../../plans/service.ts";
import { recordDownload } from "../recordDownload.ts";
import { auditFilter } from "../searchAudit.ts";
import { csvLines, ndjsonLines } from "./exportLines.ts";

const formats = {
  csv: { lines: csvLines, type: "text/csv; charset=utf-8; header=present" },
  ndjson: { lines: ndjsonLines, type: "application/x-ndjson" },
} as const;

/** Sends an organisation's audit log, or what is chosen of it: `/api/audit/<organisation>?format=ndjson&words=…`. */
export const handleAuditExport = answering(async (request: Request): Promise<Response> => {
  const who = await principalOfRequest(request);
  if (!who) throw new AppError("unauthenticated", "Sign in to export the audit log.");
  const { pathname, searchParams } = new URL(request.url);
  const db = database();
  const access = await findAccess(db, who, pathname.split("/").at(-1) ?? "");
  access.require("audit.read");
  const { organisation } = access;
  await requireFeature(db, organisation.id, "auditExport");
  await countTry(db, [limitOf("audit:export", who.user.id)]);
  const { format = "ndjson", ...asked } = Object.fromEntries(searchParams);
  const filter = auditFilter.safeParse(asked);
  if ((format !== "csv" && format !== "ndjson") || !filter.success) {
    throw new AppError("invalid_request", "Ask for the format csv or ndjson, and for entries by what they have.");
  }
  const { lines, type } = formats[format];
  // Before anything leaves: whoever reads on has been recorded, and the record is in the export.
  await recordDownload(db, request, {
    who,
    organisationId: organisation.id,
    action: "audit.export",
    target: "audit log",
    after: { format, ...filter.data },
  });
  const databases = { bound: tenantDatabase(db, organisation.id), system: db };
  const text = Readable.from(lines(databases, { organisation, filter: filter.data }), {
    objectMode: false,
  });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(Readable.toWeb(text) as NodeReadableStream as ReadableStream, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${organisation.slug}-audit-${day}.${format}"`,
      "cache-control": "private, no-store",
    },
  });
});
