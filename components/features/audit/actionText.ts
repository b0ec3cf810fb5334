/** What cannot be said by taking the name apart. */
const texts: Readonly<Record<string, string>> = {
  "audit.export": "Exported the audit log",
  "backups.download": "Asked for the key of a backup",
  "backups.file": "Downloaded a backup",
  "deployments.keys.create": "Created an API key",
  "deployments.keys.revoke": "Revoked an API key",
  "deployments.keys.tester": "Got a key for the policy tester",
  "deployments.request": "Asked for a deploy",
  "eject.download": "Downloaded the ejected app",
  "eject.push": "Pushed the ejected app",
  "git.push": "Pushed",
  "model.save": "Saved the model",
  "organisation.founded": "Founded the organisation",
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
