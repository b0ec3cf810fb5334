import type { AppConfig, Role } from "../types.ts";
import { appApiCodes } from "./apiCodes.ts";
import type { OptionCode } from "./attributeCode.ts";
import { authCodes, connectionCodes } from "./authCodes.ts";
import type { Code } from "./Code.ts";
import { call, object } from "./Code.ts";
import { textsCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { printModule } from "./printModule.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";
import { defaultStyle } from "./Style.ts";

/** A fresh `gantry.config.ts`. */
export function printApp(app: AppConfig): string {
  const options = [["name", quoteText(app.name, defaultStyle)] as const, ...appOptionCodes(app, defaultStyle)];
  return printModule(call("app", object(options)), defaultStyle);
}

/** What an app says besides its name. */
export function appOptionCodes(
  { describe, roles, users, auth, connections, api }: AppConfig,
  style: Style,
): readonly OptionCode[] {
  return [
    ...optionalText("describe", describe, style),
    ...(roles === undefined ? [] : [["roles", rolesCode(roles, style)] as const]),
    ...optionalText("users", users, style),
    ...authCodes(auth, style),
    ...connectionCodes(connections, style),
    ...appApiCodes(api, style),
  ];
}

/** A list of names, or a map from names to descriptions where there are any. */
function rolesCode(roles: readonly Role[], style: Style): Code {
  const plain = roles.every(({ describe }) => describe === undefined);
  if (plain) {
    return textsCode(
      roles.map(({ name }) => name),
      style,
    );
  }
  return object(roles.map(({ name, describe = "" }) => [name, quoteText(describe, style)] as const));
}
