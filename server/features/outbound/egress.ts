import { AppError } from "#lib/errors/AppError.ts";
import { readException } from "#lib/network/EgressRules.ts";
import { tellLive, withSpecLock } from "../deployments/service.ts";
import { allowsPrivateEgress, type Environment, keepEgress } from "../environments/service.ts";

/** What the app may reach besides the open internet; `isOpen` says whether this installation lets owners name any. */
export function egressSettings({ egressAllow }: Environment) {
  return { allow: egressAllow ?? [], isOpen: allowsPrivateEgress() };
}

export async function setEgress(environmentId: string, allow: readonly string[]): Promise<void> {
  if (allow.length > 0 && !allowsPrivateEgress()) {
    throw new AppError("forbidden", "This installation lets no app reach addresses of its own network.");
  }
  const fields = allow.flatMap((text, at) => {
    if (readException(text)) return [];
    const message = `"${text}" is no host, address or network, such as db.internal:8080, 10.1.2.3 or 10.1.0.0/16.`;
    return [{ field: `allow.${at}`, rule: "pattern", message }];
  });
  const [first] = fields;
  if (first) throw new AppError("invalid_input", first.message, { fields });
  await withSpecLock(environmentId, async (db) => tellLive(db, await keepEgress(db, environmentId, allow)));
}
