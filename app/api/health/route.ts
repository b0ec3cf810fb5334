import { sql } from "drizzle-orm";
import { connection } from "next/server";
import { database } from "#server/database.ts";
import { logDefect } from "#server/log.ts";

/** Whether this process can serve: its database answers. */
export async function GET(): Promise<Response> {
  await connection();
  try {
    await database().execute(sql`select 1`);
    return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    logDefect("The database does not answer.", error);
    return Response.json({ status: "unavailable" }, { status: 503, headers: { "cache-control": "no-store" } });
  }
}
