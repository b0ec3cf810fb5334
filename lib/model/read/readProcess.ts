import type { Process } from "../processTypes.ts";
import { OptionReader, readItems, readSection } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Reading } from "./Reading.ts";
import { readArgument } from "./readActions.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument } from "./readCall.ts";
import { readModule } from "./readModule.ts";
import { readTypedExpressions } from "./readNamedExpressions.ts";
import { readHead, readStart } from "./readStarts.ts";
import { readSteps } from "./readSteps.ts";
import { someOf } from "./someOf.ts";

/** What a process can say, in the order in which it is written. */
const processOptions = ["describe", "input", "starts", "steps", "output", "timeout"] as const;

/** Reads a file under `processes/`; null when not even its name can be made out. */
export function readProcess(text: string, reading: Reading): Process | null {
  const example = 'export default process("closeDeal", { ... })';
  return readModule(text, reading, { builder: "process", example, read: (call) => readDeclaration(call, reading) });
}

function readDeclaration(call: Call, reading: Reading): Process | null {
  const name = readHead(call, { reading, path: [] }, { part: "name", example: 'process("closeDeal", { ... })' });
  const [first] = call.args;
  if (name === null || !first) return null;
  const path = ["processes", name];
  reading.place(path, first);
  const object = optionsArgument(call, 1, reading, path);
  const options = new OptionReader(object, { reading, path }, { allowed: processOptions, of: "A process" });
  const [input, starts, steps] = [options.node("input"), options.node("starts"), options.node("steps")];
  return {
    name,
    ...present({
      describe: options.text("describe"),
      input: input && someOf(readSection(input, options.at("input"), readArgument)),
      starts: starts && someOf(readItems(starts, options.at("starts"), readStart)),
    }),
    steps: steps ? readSteps(steps, { reading, path, names: new Set(), depth: 1 }, [...path, "steps"]) : [],
    ...present({ output: readTypedExpressions(options, "output"), timeout: options.text("timeout") }),
  };
}
