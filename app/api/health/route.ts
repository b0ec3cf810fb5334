import { sql } from "drizzle-orm";
import { connection } from "next/server";
import { database } from "#server/database.ts";
import { env } from "#server/env.ts";
import { engineSeen } from "#server/jobs/registration/engineSeen.ts";
import { logDefect } from "#server/log.ts";

/** Whether this process can serve: its database answers. `jobs` tells what it has seen of the job engine. */
export async function GET(): Promise<Response> {
  await connection();
  try {
    await database().execute(sql`select 1`);
    const { registeredAt, ranAt, problem } = engineSeen();
    const { GANTRY_JOB_ENGINE: engine } = env();
    const jobs = { engine, isRegistered: registeredAt !== null && problem === null, registeredAt, ranAt };
    return Response.json({ status: "ok", jobs }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    logDefect("The database does not answer.", error);
    return Response.json({ status: "unavailable" }, { status: 503, headers: { "cache-control": "no-store" } });
  }
}
