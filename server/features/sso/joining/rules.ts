import { eq } from "drizzle-orm";
import { type JoiningRole, joiningRules, type RoleRule } from "#db/schema/joiningRules.ts";
import type { Connection } from "../../../database.ts";

/** What people become who come in by the organisation's provider or directory. */
export interface JoiningRules {
  readonly joinsBySignIn: boolean;
  readonly defaultRole: JoiningRole;
  readonly roleRules: readonly RoleRule[];
}

const defaults: JoiningRules = { joinsBySignIn: true, defaultRole: "viewer", roleRules: [] };

export async function rulesOf(db: Connection, organisationId: string): Promise<JoiningRules> {
  const [row] = await db.select().from(joiningRules).where(eq(joiningRules.organisationId, organisationId));
  if (!row) return defaults;
  const { joinsBySignIn, defaultRole, roleRules } = row;
  return { joinsBySignIn, defaultRole, roleRules };
}

export async function keepRules(db: Connection, organisationId: string, rules: JoiningRules): Promise<void> {
  const values = { ...rules, roleRules: [...rules.roleRules] };
  await db
    .insert(joiningRules)
    .values({ organisationId, ...values })
    .onConflictDoUpdate({ target: joiningRules.organisationId, set: values });
}

/** The role of the first rule whose group they are in; null where none fits. Names count without case. */
export function roleByGroups({ roleRules }: JoiningRules, groups: readonly string[]): JoiningRole | null {
  const held = new Set(groups.map((group) => group.toLowerCase()));
  return roleRules.find(({ group }) => held.has(group.toLowerCase()))?.role ?? null;
}
