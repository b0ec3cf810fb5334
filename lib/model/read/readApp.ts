import type { AppConfig } from "../types.ts";
import { readString } from "./literals.ts";
import type { Reading } from "./Reading.ts";
import { optionsArgument } from "./readCall.ts";
import { readModule } from "./readModule.ts";
import { readOptions } from "./readProperties.ts";

const path = ["app"];

/** Reads `gantry.config.ts`; null when it holds no app. A name that is missing or unreadable comes out empty. */
export function readApp(text: string, reading: Reading): AppConfig | null {
  return readModule(text, reading, {
    builder: "app",
    example: 'export default app({ name: "..." })',
    read: (call) => {
      reading.place(path, call.node.callee);
      const object = optionsArgument(call, 0, reading, path);
      const options = object && readOptions(object, reading, { path, allowed: ["name", "describe"], of: "An app" });
      const name = options?.get("name");
      const describe = options?.get("describe");
      const said = describe && readString(describe.value, reading, ["app", "describe"]);
      return {
        name: (name && readString(name.value, reading, ["app", "name"])) ?? "",
        ...(typeof said === "string" ? { describe: said } : {}),
      };
    },
  });
}
