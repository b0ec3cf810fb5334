import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { and, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { organisationExports } from "#db/schema/organisationExports.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { findAccess } from "../../access/findAccess.ts";
import { principalOfCookies } from "../../auth/session.ts";
import { database } from "../../database.ts";
import { answering } from "../../http/answering.ts";
import { clientAddress } from "../../http/clientAddress.ts";
import { cookiesOf } from "../../http/cookiesOf.ts";
import { tenantDatabase } from "../../tenancy/tenantDatabase.ts";
import { actorOf, recordAudit } from "../audit/service.ts";
import { archiveOf } from "./places.ts";

/** Sends an archive to an owner who is signed in: `/api/exports/<id>?organisation=…`. */
export const handleExport = answering(async (request: Request): Promise<Response> => {
  const who = await principalOfCookies(cookiesOf(request.headers));
  if (!who) throw new AppError("unauthenticated", "Sign in to download the export.");
  const { pathname, searchParams } = new URL(request.url);
  const id = z.uuid().safeParse(pathname.split("/").at(-1)).data;
  const db = database();
  const access = await findAccess(db, who, searchParams.get("organisation") ?? "");
  access.require("organisation.export");
  const { organisation } = access;
  const isThere = and(
    eq(organisationExports.organisationId, organisation.id),
    eq(organisationExports.state, "done"),
    gt(organisationExports.expiresAt, sql`now()`),
  );
  const [row] = id
    ? await tenantDatabase(db, organisation.id)
        .select()
        .from(organisationExports)
        .where(and(eq(organisationExports.id, id), isThere))
    : [];
  const found = row && (await stat(archiveOf(row)).catch(() => null));
  if (!row || !found) throw new AppError("not_found", "This export is not there any more. Make another one.");
  await recordAudit(db, {
    ...{ organisationId: organisation.id, actor: actorOf(who), action: "exports.download", target: `export ${row.id}` },
    ...{ address: clientAddress(request.headers), userAgent: request.headers.get("user-agent")?.slice(0, 400) },
  });
  const name = `${organisation.slug}-${row.createdAt.toISOString().slice(0, 10)}.tar.gz`;
  const file = Readable.toWeb(createReadStream(archiveOf(row))) as ReadableStream<Uint8Array>;
  return new Response(file as BodyInit, {
    headers: {
      "content-type": "application/gzip",
      "content-disposition": `attachment; filename="${name}"`,
      "content-length": String(found.size),
      "cache-control": "no-store",
    },
  });
});
