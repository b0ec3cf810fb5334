import type { Process } from "../processTypes.ts";
import { call, object } from "./Code.ts";
import { printModule } from "./printModule.ts";
import { processOptionCodes } from "./processCode.ts";
import { quoteText } from "./quoteText.ts";
import { defaultStyle } from "./Style.ts";

/** A fresh file for a process. */
export function printProcess(process: Process): string {
  const options = { ...object(processOptionCodes(process, defaultStyle)), open: true };
  return printModule(call("process", quoteText(process.name, defaultStyle), options), defaultStyle);
}
