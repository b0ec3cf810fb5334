import type { Permission } from "#lib/access/permissions.ts";
import type { Feature, RoomLimit } from "#lib/plans/plans.ts";

/** What a procedure of an organisation asks of whoever calls it. */
export interface Requirement {
  readonly permission: Permission;
  /** What the organisation's plan must have for it. */
  readonly needs?: Needs;
}

interface Needs {
  readonly feature?: Feature;
  /** It makes one more of these; whoever adds the row looks again, within the transaction. */
  readonly room?: RoomLimit;
}

/**
 * Changes that also go where a project, or a member, is over a limit of the plan and can otherwise only be read: what
 * makes room, what closes a door, and what takes one's own out.
 */
export const whileHeld: ReadonlySet<string> = new Set([
  "organisations.leave",
  "organisations.delete",
  "organisations.restore",
  "exports.create",
  "exports.remove",
  "members.remove",
  "invitations.revoke",
  "sso.connections.remove",
  "sso.directory.close",
  "billing.cancel",
  "billing.change",
  "billing.checkout",
  "billing.finishCheckout",
  "billing.portal",
  "billing.refresh",
  "billing.resume",
  "projects.delete",
  "branches.delete",
  "branches.environments.remove",
  "deployments.keys.revoke",
  "outbound.secrets.remove",
  "backups.create",
  "backups.remove",
  "eject.push",
  "tokens.organisation.revoke",
]);

/**
 * Every procedure that names an organisation, by its path. One that is missing here is refused to everybody.
 * Procedures about the person who asks, or about nobody, are in personalProcedures.ts.
 */
export const procedures: Readonly<Record<string, Requirement>> = {
  ...asking("organisation.read", ["organisations.get", "organisations.leave"]),
  ...asking("organisation.update", ["organisations.rename"]),
  ...asking("organisation.delete", ["organisations.delete", "organisations.restore"]),
  ...asking("organisation.export", ["exports.create", "exports.list", "exports.remove"]),
  ...asking("organisation.transfer", ["organisations.transfer"]),
  ...asking("members.read", ["members.list"]),
  ...asking("members.manage", [
    "invitations.create",
    "invitations.list",
    "invitations.resend",
    "invitations.revoke",
    "members.remove",
    "members.setRole",
  ]),
  ...asking("project.members", ["members.setProjectRole"]),
  ...asking("billing.read", ["billing.account", "billing.get", "billing.offers", "billing.refresh"]),
  ...asking("billing.manage", [
    "billing.cancel",
    "billing.change",
    "billing.checkout",
    "billing.finishCheckout",
    "billing.portal",
    "billing.preview",
    "billing.resume",
  ]),
  ...asking("audit.read", ["audit.facets", "audit.list", "audit.verify", "audit.stream.get"]),
  ...asking("audit.manage", ["audit.stream.changeSecret", "audit.stream.move", "audit.stream.start"], {
    feature: "auditStream",
  }),
  ...asking("audit.manage", ["audit.stream.end", "audit.stream.pause", "audit.stream.test"]),
  ...asking("tokens.manage", ["tokens.organisation.create", "tokens.organisation.rotate"], {
    feature: "organisationTokens",
  }),
  ...asking("tokens.manage", ["tokens.organisation.list", "tokens.organisation.revoke", "tokens.organisation.setRule"]),
  ...asking(
    "signIn.manage",
    [
      "sso.connections.create",
      "sso.connections.change",
      "sso.connections.setOn",
      "sso.domains.add",
      "sso.domains.verify",
    ],
    { feature: "sso" },
  ),
  ...asking("signIn.manage", ["sso.directory.giveToken"], { feature: "scim" }),
  ...asking("signIn.manage", [
    "sso.connections.list",
    "sso.connections.readMetadata",
    "sso.connections.remove",
    "sso.connections.tried",
    "sso.directory.close",
    "sso.directory.get",
    "sso.domains.list",
    "sso.domains.remove",
    "sso.domains.route",
    "sso.requirements.get",
    "sso.requirements.setSecondFactor",
    "sso.requirements.setSso",
    "sso.rules.get",
    "sso.rules.set",
  ]),
  ...asking("organisation.read", ["projects.list"]),
  ...asking("usage.read", ["plans.get", "usage.month", "usage.quota"]),
  ...asking("projects.create", ["projects.create"]),
  ...asking("project.read", [
    "projects.get",
    "imports.get",
    "members.ofProject",
    "model.get",
    "model.head",
    "repository.changes",
    "repository.cloneUrl",
    "repository.history",
    "branches.compare",
    "branches.environments.list",
    "branches.list",
    "branches.rules.list",
    "deployments.changes",
    "deployments.contractPlan",
    "deployments.environment",
    "deployments.environments",
    "deployments.get",
    "deployments.keys.list",
    "deployments.keys.roles",
    "deployments.list",
    "deployments.preview",
    "deployments.previewRollback",
    "deployments.rollout.get",
    "gate.progress",
    "impact.ofDeploy",
    "impact.ofMerge",
    "outbound.egress.get",
    "outbound.mail.get",
    "outbound.secrets.list",
    "backups.list",
    "backups.settings.get",
    "slow.explain",
    "slow.list",
    "telemetry.alerts.list",
    "telemetry.figures",
    "telemetry.logs",
    "telemetry.overview",
    "telemetry.topology",
    "telemetry.traffic",
    "tests.check",
    "tests.coverage",
    "tests.get",
    "tests.proposals",
  ]),
  ...asking("project.update", ["projects.rename"]),
  ...asking("project.delete", ["projects.delete"]),
  ...asking("model.write", [
    "model.save",
    "branches.create",
    "branches.delete",
    "branches.merge",
    "gate.run",
    "slow.addIndex",
    "tests.accept",
    "tests.acceptEdited",
    "tests.reject",
    "tests.remove",
    "tests.save",
    "tests.unreject",
  ]),
  ...asking("data.read", ["deployments.keys.tester", "impact.accessRows"]),
  ...asking("environments.manage", ["branches.environments.create"], { room: "environments" }),
  ...asking("environments.manage", ["branches.environments.remove", "branches.rules.save"]),
  ...asking("release.deploy", [
    "branches.deploy",
    "deployments.request",
    "deployments.rollback",
    "deployments.rollout.hold",
    "deployments.rollout.promote",
    "deployments.rollout.rollBack",
    "deployments.setStrategy",
  ]),
  ...asking("release.decide", ["deployments.approve", "deployments.reject"]),
  ...asking("release.destroy", ["deployments.contract", "deployments.rotateEncryption"]),
  ...asking("settings.write", [
    "deployments.keys.create",
    "deployments.keys.revoke",
    "outbound.mail.clear",
    "outbound.mail.set",
    "outbound.mail.test",
    "outbound.secrets.remove",
    "outbound.secrets.set",
    "telemetry.alerts.add",
    "telemetry.alerts.remove",
    "telemetry.alerts.test",
  ]),
  ...asking("egress.manage", ["outbound.egress.set"]),
  ...asking("backups.create", ["backups.create", "backups.dismissRestore"]),
  ...asking("backups.manage", [
    "backups.download",
    "backups.remove",
    "backups.restore",
    "backups.settings.set",
    "backups.settings.test",
  ]),
  ...asking("project.eject", ["eject.push"], { feature: "ejection" }),
};

function asking(permission: Permission, paths: readonly string[], needs?: Needs): Record<string, Requirement> {
  return Object.fromEntries(paths.map((path) => [path, { permission, ...(needs && { needs }) }]));
}
