import { eq } from "drizzle-orm";
import { auditIntents } from "#db/schema/auditIntents.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Principal } from "../../access/Principal.ts";
import type { Connection, Transaction } from "../../database.ts";
import { limitOf } from "../../http/limits.ts";
import { RateLimitedError } from "../../http/RateLimitedError.ts";
import { countTry } from "../../http/rateLimit.ts";
import { actorOf } from "./actorOf.ts";
import { type AuditRecord, recordAudit } from "./recordAudit.ts";

/** What a procedure adds to its entry: never secrets. Said in parts, the parts add up. */
export interface AuditDetails {
  /** As people read it: `member ada@example.com`; by default the project or the organisation. */
  readonly target?: string;
  readonly projectId?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** It turned out that there was nothing to change: nothing is recorded. */
  readonly unchanged?: true;
}

/** What procedures of an organisation are given to be recorded by. */
export interface Auditing {
  /** Recorded right after the procedure has succeeded, in a transaction of its own. */
  audit(details: AuditDetails): void;
  /** Recorded in the transaction that makes the change, as its last statement; nothing is recorded after it then. */
  auditWithin(transaction: Transaction, details: AuditDetails): Promise<void>;
}

interface Asked {
  /** The whole database: the log is written for the organisation, whatever who asks may do in it. */
  readonly system: Connection;
  readonly who: Principal;
  readonly path: string;
  readonly type: string;
  readonly organisation: { readonly id: string; readonly slug: string };
  readonly project: { readonly id: string; readonly slug: string } | null;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** How a procedure ended, of what tRPC's middleware answers. */
type Ending = { readonly ok: true } | { readonly ok: false; readonly error: Error };

/**
 * Records what a procedure of an organisation does: each mutation that succeeds, and whatever was refused. A mutation is
 * noted before it begins, so that one whose process is killed half-way is told of too (jobs/sweepIntents.ts).
 */
export function startAuditing(asked: Asked) {
  const { system, who, path, type, organisation, project, address, userAgent } = asked;
  const isMutation = type === "mutation";
  let details: AuditDetails = {};
  let isRecorded = false;
  let intentId: string | null = null;

  const record = (): AuditRecord => ({
    organisationId: organisation.id,
    actor: actorOf(who),
    action: path,
    target: details.target ?? (project ? `project ${project.slug}` : `organisation ${organisation.slug}`),
    projectId: details.projectId ?? project?.id,
    ...{ address, userAgent },
    ...{ before: details.before, after: details.after },
  });

  async function begin(): Promise<void> {
    if (!isMutation) return;
    const [intent] = await system
      .insert(auditIntents)
      .values({ organisationId: organisation.id, entry: record() })
      .returning({ id: auditIntents.id });
    intentId = intent?.id ?? null;
  }

  async function dropIntent(db: Connection): Promise<void> {
    if (intentId !== null) await db.delete(auditIntents).where(eq(auditIntents.id, intentId));
  }

  async function succeed(): Promise<void> {
    if (!isMutation) return;
    if (isRecorded || details.unchanged) return await dropIntent(system);
    await system.transaction(async (transaction) => {
      await dropIntent(transaction);
      await recordAudit(transaction, record());
    });
  }

  async function fail(error: unknown): Promise<void> {
    await dropIntent(system);
    const cause = error instanceof AppError ? error : error instanceof Error ? error.cause : null;
    if (!(cause instanceof AppError) || cause.code !== "forbidden") return;
    if (!(await isWorthNoting(asked))) return;
    await recordAudit(system, { ...record(), outcome: "refused", before: null, after: { reason: cause.message } });
  }

  const auditing: Auditing = {
    audit(more) {
      details = { ...details, ...more };
    },
    async auditWithin(transaction, more) {
      details = { ...details, ...more };
      await recordAudit(transaction, record());
      isRecorded = true;
    },
  };

  /** Runs the procedure: `require` throws where it is refused. */
  async function around<Result extends Ending>(
    require: () => Promise<void>,
    run: () => Promise<Result>,
  ): Promise<Result> {
    try {
      await require();
    } catch (error) {
      await fail(error);
      throw error;
    }
    await begin();
    const result = await run();
    if (result.ok) await succeed();
    else await fail(result.error);
    return result;
  }

  return { auditing, around };
}

/** The same refusal is noted once in ten minutes, and of one person so many in an hour: nobody can flood the log. */
async function isWorthNoting({ system, who, path, organisation }: Asked): Promise<boolean> {
  const subject = `${organisation.id} ${who.user.id}`;
  try {
    await countTry(system, [limitOf("audit:refusal", `${subject} ${path}`), limitOf("audit:refusals", subject)]);
    return true;
  } catch (error) {
    if (error instanceof RateLimitedError) return false;
    throw error;
  }
}
