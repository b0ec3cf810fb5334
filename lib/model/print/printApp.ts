import type { AppConfig } from "../types.ts";
import { call, object } from "./Code.ts";
import { printModule } from "./printModule.ts";
import { quoteText } from "./quoteText.ts";
import { defaultStyle } from "./Style.ts";

/** A fresh `gantry.config.ts`. */
export function printApp(app: AppConfig): string {
  const options = [
    ["name", quoteText(app.name, defaultStyle)] as const,
    ...(app.describe === undefined ? [] : [["describe", quoteText(app.describe, defaultStyle)] as const]),
  ];
  return printModule(call("app", object(options)), defaultStyle);
}
