import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { signedIn } from "../instance/Instance.ts";
import { placeHere } from "../project/Place.ts";

export async function whoami({ terminal, place }: Context): Promise<void> {
  const { url, api } = await signedIn(place.url, (await placeHere())?.url ?? null);
  const user = await api.accounts.me.query();
  if (!user)
    throw new CliFailure("The token is not valid any more.", { exit: exitCodes.forbidden, code: "unauthenticated" });
  terminal.print(`${user.name} (${user.email}) at ${url}`);
  terminal.result({ url, user });
}
