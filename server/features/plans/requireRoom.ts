import { AppError } from "#lib/errors/AppError.ts";
import { limitReached } from "#lib/plans/words.ts";
import type { Connection } from "../../database.ts";
import { entitlementsOf } from "./entitlementsOf.ts";
import { countIn, limitOf, lockRoom, type Room } from "./room.ts";

/**
 * Throws `plan_limit` where one more does not fit. In a transaction, before the row is added, it is sure: until the end
 * of the transaction nobody else adds one. Members count with those who are invited: mark an invitation as accepted
 * before asking for its member.
 */
export async function requireRoom(db: Connection, organisationId: string, room: Room): Promise<void> {
  const { plan, limits } = await entitlementsOf(db, organisationId);
  const limit = limits[limitOf(room)];
  if (limit === null) return;
  await lockRoom(db, organisationId, room);
  if ((await countIn(db, organisationId, room)) < limit) return;
  throw new AppError("plan_limit", limitReached(limitOf(room), { plan: plan.name, value: limit }));
}
