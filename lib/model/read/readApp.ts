import type { AppConfig, Role } from "../types.ts";
import { plain, readString, readStrings } from "./literals.ts";
import { OptionReader, readSection } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Reading } from "./Reading.ts";
import { readAppApi } from "./readAppApi.ts";
import { readAuth } from "./readAuth.ts";
import { optionsArgument } from "./readCall.ts";
import { readConnections } from "./readConnections.ts";
import { readModule } from "./readModule.ts";
import { someOf } from "./someOf.ts";

const path = ["app"];

/** What an app can say, in the order in which it is written. */
export const appOptions = ["name", "describe", "roles", "users", "auth", "connections", "api"] as const;

/** Reads `gantry.config.ts`; null when it holds no app. A name that is missing or unreadable comes out empty. */
export function readApp(text: string, reading: Reading): AppConfig | null {
  return readModule(text, reading, {
    builder: "app",
    example: 'export default app({ name: "..." })',
    read: (call) => {
      reading.place(path, call.node.callee);
      const object = optionsArgument(call, 0, reading, path);
      const options = new OptionReader(object, { reading, path }, { allowed: appOptions, of: "An app" });
      const [describe, users] = [options.text("describe"), options.text("users")];
      const roles = someOf(readRoles(options));
      const api = readAppApi(options.node("api"), options.at("api"));
      const auth = readAuth(options.node("auth"), options.at("auth"));
      const connections = readConnections(options.node("connections"), options.at("connections"));
      return { name: options.text("name") ?? "", ...present({ describe, roles, users, auth, connections, api }) };
    },
  });
}

/** `["manager", "sales"]`, or `{ manager: "Leads a team" }` where roles are described. */
function readRoles(options: OptionReader): readonly Role[] | undefined {
  const node = options.node("roles");
  if (!node) return undefined;
  const { reading, path: at } = options.at("roles");
  if (plain(node).type === "ObjectExpression") {
    return readSection(node, { reading, path: at }, (name, value, { path: rolePath }) => {
      const describe = readString(value, reading, rolePath);
      return describe === null ? null : { name, ...present({ describe: describe === "" ? undefined : describe }) };
    });
  }
  const names = readStrings(node, reading, at) ?? [];
  names.forEach((name, index) => {
    const place = reading.spanOf([...at, String(index)]);
    if (place) reading.placeSpan([...at, name], place);
  });
  return names.map((name) => ({ name }));
}
