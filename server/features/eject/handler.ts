import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { AppError } from "#lib/errors/AppError.ts";
import { findProjectAccess } from "../../access/findAccess.ts";
import { principalOfRequest } from "../../auth/principalOfRequest.ts";
import { database } from "../../database.ts";
import { answering } from "../../http/answering.ts";
import { limitOf } from "../../http/limits.ts";
import { countTry } from "../../http/rateLimit.ts";
import { logDefect } from "../../log.ts";
import { tenantDatabase } from "../../tenancy/tenantDatabase.ts";
import { recordDownload } from "../audit/service.ts";
import { requireFeature } from "../plans/service.ts";
import type { ExportedRepository } from "../repository/service.ts";
import { eject } from "./service.ts";

/**
 * Sends the app as a program of its own to an owner, `tar` and `gzip`, with its repository in it:
 * `/api/eject/<organisation>/<project>?branch=main`.
 */
export const handleEject = answering(async (request: Request): Promise<Response> => {
  const who = await principalOfRequest(request);
  if (!who) throw new AppError("unauthenticated", "Sign in to eject the app.");
  const { pathname, searchParams } = new URL(request.url);
  const [organisation = "", slug = ""] = pathname.split("/").slice(-2);
  const db = database();
  const access = await findProjectAccess(db, who, { organisation, project: slug });
  access.require("project.eject");
  const { project } = access;
  await requireFeature(db, project.organisationId, "ejection");
  await countTry(db, [limitOf("eject:download", who.user.id)]);
  await recordDownload(db, request, {
    who,
    organisationId: access.organisation.id,
    action: "eject.download",
    target: `project ${project.slug}`,
    projectId: project.id,
    after: { branch: searchParams.get("branch") ?? "main" },
  });
  const own = tenantDatabase(db, project.organisationId);
  const exported = await eject(own, { project, user: who.user, branch: searchParams.get("branch") ?? "main" });
  try {
    await exported.checkOut();
  } catch (error) {
    await exported.remove();
    throw error;
  }
  return new Response(packed(exported, project.slug), {
    headers: {
      "content-type": "application/gzip",
      "content-disposition": `attachment; filename="${project.slug}.tar.gz"`,
      "cache-control": "no-store",
    },
  });
});

/** The folder as it is packed; it goes when the packing is over, however that ends. */
function packed({ folder, remove }: ExportedRepository & { remove(): Promise<void> }, name: string): ReadableStream {
  const child = spawn("tar", ["-czf", "-", "--owner=0", "--group=0", "-C", dirname(folder), name], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  child.once("error", (error) => child.stdout.destroy(error));
  const settle = () => remove().catch((error: unknown) => logDefect("An ejected app could not be put away.", error));
  child.once("close", (code) => {
    if (code !== 0) child.stdout.destroy(new Error(`tar ended with ${code}.`));
    void settle();
  });
  child.stdout.once("close", () => child.kill());
  return Readable.toWeb(child.stdout) as NodeReadableStream as ReadableStream;
}
