import type { Context } from "../Context.ts";
import { keepCredentials, readCredentials } from "../instance/credentials.ts";
import { instanceUrl } from "../instance/instanceUrl.ts";

/** Forgets the token of an installation. It stays valid until it is revoked among the tokens of the account. */
export async function logout({ terminal, place }: Context): Promise<void> {
  const kept = await readCredentials();
  const wanted = place.url ?? process.env.GANTRY_URL ?? kept.current;
  const url = wanted === null ? null : instanceUrl(wanted);
  const { [url ?? ""]: gone, ...instances } = kept.instances;
  if (gone) await keepCredentials({ current: kept.current === url ? null : kept.current, instances });
  terminal.print(
    gone ? `Signed out of ${url}. Revoke its token in your account if it was seen by others.` : "Nobody was signed in.",
  );
  terminal.result({ url, signedOut: gone !== undefined });
}
