import type { Principal } from "../../access/Principal.ts";
import type { Context } from "../../trpc/context.ts";
import { actorOf, recordForPerson } from "../audit/service.ts";

interface TokenDeed {
  readonly action: "token.created" | "token.revoked";
  readonly name: string;
  readonly onlyOrganisationId: string | null;
  readonly after?: unknown;
}

/** A person's tokens open their organisations, which see them come and go. */
export async function recordToken(
  ctx: Pick<Context, "system" | "address" | "userAgent"> & { readonly who: Principal },
  { action, name, onlyOrganisationId, after }: TokenDeed,
): Promise<void> {
  const { address, userAgent, who } = ctx;
  const record = { actor: actorOf(who), action, target: `token ${name}`, address, userAgent, after };
  await recordForPerson(ctx.system, { userId: who.user.id, onlyOrganisationId, record });
}
