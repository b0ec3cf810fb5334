/** What cannot be said by taking the name apart. */
const texts: Readonly<Record<string, string>> = {
  "audit.export": "Exported the audit log",
  "audit.shortened": "Removed old entries of the audit log",
  "backup.expired": "Deleted an old backup",
  "backups.create": "Asked for a backup",
  "backups.download": "Asked for the key of a backup",
  "backups.file": "Downloaded a backup",
  "branches.create": "Made a branch",
  "branches.delete": "Deleted a branch",
  "branches.deploy": "Asked for a deploy",
  "branches.environments.create": "Made an environment",
  "branches.environments.remove": "Asked to remove an environment",
  "branches.merge": "Merged a branch",
  "deployments.approve": "Approved a deploy",
  "deployments.contract": "Deleted what was retired",
  "deployments.keys.create": "Created an API key",
  "deployments.keys.revoke": "Revoked an API key",
  "deployments.keys.tester": "Got a key for the policy tester",
  "deployments.reject": "Rejected a deploy",
  "deployments.request": "Asked for a deploy",
  "deployments.rollback": "Went back to an earlier release",
  "eject.download": "Downloaded the ejected app",
  "eject.push": "Pushed the ejected app",
  "environment.removed": "Removed an environment",
  "git.push": "Pushed",
  "invitations.accept": "Joined by an invitation",
  "invitations.create": "Invited people",
  "invitations.revoke": "Took an invitation back",
  "members.remove": "Removed a member",
  "members.setProjectRole": "Changed a role in a project",
  "members.setRole": "Changed a role",
  "model.save": "Saved the model",
  "organisation.founded": "Founded the organisation",
  "organisations.delete": "Asked for the organisation to be deleted",
  "organisations.leave": "Left the organisation",
  "organisations.rename": "Renamed the organisation",
  "organisations.restore": "Took the deletion of the organisation back",
  "organisations.transfer": "Handed the organisation over",
  "outbound.secrets.remove": "Removed a secret",
  "outbound.secrets.set": "Set a secret",
  "projects.create": "Made a project",
  "projects.delete": "Deleted a project",
  "projects.rename": "Renamed a project",
  "session.started": "Signed in",
  "token.created": "Created a personal token",
  "token.newAddress": "Used a token from a new address",
  "token.revoked": "Revoked a personal token",
  "tokens.organisation.create": "Created a token of the organisation",
  "tokens.organisation.revoke": "Revoked a token of the organisation",
  "tokens.organisation.rotate": "Rotated a token of the organisation",
  "tokens.organisation.setRule": "Changed whether tokens must expire",
};

/** An action as people read it: `branches.environments.create` is "Branches, environments: create". */
export function actionText(action: string): string {
  const known = texts[action];
  if (known) return known;
  const parts = action.split(".").map((part) => part.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase());
  const deed = parts.pop() ?? action;
  const place = parts.join(", ");
  const text = place === "" ? deed : `${place}: ${deed}`;
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}
