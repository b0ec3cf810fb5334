import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { backups } from "#db/schema/backups.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { findProjectAccess } from "../../access/findAccess.ts";
import { principalOfCookies } from "../../auth/session.ts";
import { database } from "../../database.ts";
import { answering } from "../../http/answering.ts";
import { cookiesOf } from "../../http/cookiesOf.ts";
import { tenantDatabase } from "../../tenancy/tenantDatabase.ts";
import { recordDownload } from "../audit/service.ts";
import { storeOf } from "./storage/storeOf.ts";

/** Sends the file of a backup, encrypted as it is, to whoever may manage them: `/api/backups/<id>?organisation=…&project=…`. */
export const handleDownload = answering(async (request: Request): Promise<Response> => {
  const who = await principalOfCookies(cookiesOf(request.headers));
  if (!who) throw new AppError("unauthenticated", "Sign in to download a backup.");
  const { pathname, searchParams } = new URL(request.url);
  const id = z.uuid().safeParse(pathname.split("/").at(-1)).data;
  const db = database();
  const slugs = { organisation: searchParams.get("organisation") ?? "", project: searchParams.get("project") ?? "" };
  const access = await findProjectAccess(db, who, slugs);
  access.require("backups.manage");
  const { project } = access;
  const [backup] = id
    ? await tenantDatabase(db, access.organisation.id)
        .select()
        .from(backups)
        .where(and(eq(backups.id, id), eq(backups.projectId, project.id), eq(backups.state, "done")))
    : [];
  const file = backup?.location ? await storeOf(backup.storage).read(backup.location) : null;
  if (!backup || !file) throw new AppError("not_found", "There is no such backup.");
  await recordDownload(db, request, {
    who,
    organisationId: access.organisation.id,
    action: "backups.file",
    target: `backup of ${backup.environmentName} in project ${project.slug}`,
    projectId: project.id,
    after: { backup: backup.id, madeAt: backup.createdAt },
  });
  const day = backup.createdAt.toISOString().slice(0, 10);
  const name = `${project.slug}-${backup.environmentName}-${day}.gantry-backup`;
  return new Response(Readable.toWeb(Readable.from(file)) as ReadableStream<Uint8Array> as BodyInit, {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
      ...(backup.bytes !== null && { "content-length": String(backup.bytes) }),
    },
  });
});
