import type postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import type { Actor } from "#lib/plan/types.ts";
import type { Users } from "../Users.ts";
import type { Account } from "./Account.ts";

/** Update of the users' resource: whoever may do it to a record may manage its account. */
const manageAction = "manageAccount";
/** Create of the users' resource: whoever may do it may invite. */
const inviteAction = "invite";
/** Argument of both: which roles are given. Without it only service keys give roles. */
const rolesArgument = "roles";

/** Throws AppError for whoever can manage nobody's account, whatever the record. */
export function checkManager(users: Users, actor: Actor): void {
  if (actor.unrestricted) return;
  checkSomebody(actor);
  if (!users.records.has(manageAction, "update")) throw noAction(users, manageAction);
}

/** Throws AppError where an actor may not change an account so; the action is done to its record, in the transaction. */
export async function manage(
  users: Users,
  { sql, actor, account, roles }: Managed & { readonly sql: postgres.TransactionSql },
): Promise<void> {
  if (actor.unrestricted) return;
  if (account.record === null || !isOther(actor, account)) throw notManaged();
  await users.records.act(sql, {
    key: account.record,
    action: manageAction,
    input: rolesInput(users, manageAction, roles),
    actor,
  });
}

/** Whether an actor may manage an account; tried out, and undone. */
export async function mayManage(users: Users, { actor, account }: Managed): Promise<boolean> {
  if (actor.unrestricted) return true;
  if (account.record === null || !isOther(actor, account)) return false;
  return users.records.may({ key: account.record, action: manageAction, input: {}, actor });
}

/** Throws AppError where an actor may not manage the account that a record is to have. */
export async function checkManaging(
  users: Users,
  { actor, key, roles }: Pick<Managed, "actor" | "roles"> & { readonly key: string },
): Promise<void> {
  if (actor.unrestricted) return;
  checkManager(users, actor);
  const input = rolesInput(users, manageAction, roles);
  if (await users.records.may({ key, action: manageAction, input, actor })) return;
  throw new AppError("forbidden", "You may not invite this person.");
}

export interface Managed {
  readonly actor: Actor;
  readonly account: Account;
  /** Those that it is given. */
  readonly roles?: readonly string[] | undefined;
}

/** How an actor makes the record of somebody invited. Throws AppError where they may not invite. */
export function invitingAs(users: Users, actor: Actor, roles: readonly string[] | undefined) {
  if (actor.unrestricted) return { actor: null, input: {} };
  checkSomebody(actor);
  if (!users.records.has(inviteAction, "create")) throw noAction(users, inviteAction);
  const isAsked = users.records.argumentsOf(inviteAction).includes(rolesArgument);
  const given = isAsked ? (roles ?? users.auth.defaultRoles ?? []) : roles;
  return { actor, action: inviteAction, input: rolesInput(users, inviteAction, given) };
}

/** Throws AppError for names that are no roles of the app. */
export function checkRoles(users: Users, roles: readonly string[] | undefined): void {
  const unknown = roles?.findIndex((role) => !users.roles.includes(role)) ?? -1;
  if (unknown < 0) return;
  const message = "The app has no such role.";
  const field = { field: `roles.${unknown}`, rule: "unknown", message, allowed: users.roles };
  throw new AppError("invalid_input", message, { fields: [field] });
}

function rolesInput(users: Users, action: string, roles: readonly string[] | undefined) {
  const takes = users.records.argumentsOf(action).includes(rolesArgument);
  if (takes) return roles === undefined ? {} : { [rolesArgument]: roles };
  if (roles === undefined) return {};
  const message = `Only service keys give roles here: the action ${action} has no argument ${rolesArgument}.`;
  throw new AppError("forbidden", message);
}

/** Nobody gives themselves roles, whatever they may do to their own record. */
function isOther(actor: Actor, account: Account): boolean {
  return actor.kind !== "user" || actor.id !== account.record;
}

function checkSomebody(actor: Actor): void {
  if (actor.kind !== "anonymous") return;
  throw new AppError("unauthenticated", "Send a service key or an access token: Authorization: Bearer ….");
}

function noAction(users: Users, action: string): AppError {
  const resource = users.records.entity?.name ?? "the users";
  return new AppError("forbidden", `Only service keys may do this: ${resource} has no action ${action}.`);
}

/** The same as for an account that is not there. */
export function notManaged(): AppError {
  return new AppError("not_found", "There is no account with this id.");
}
