import type { Command } from "commander";
import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";

/** What may stand next, after these words of the command line. */
export function candidates(program: Command, words: readonly string[]): readonly string[] {
  const [name = ""] = words;
  const command = words.length > 1 ? program.commands.find((each) => each.name() === name) : undefined;
  const last = words.at(-1) ?? "";
  const options = [...(command?.options ?? []), ...program.options].flatMap(({ long }) => long ?? []);
  const named = program.commands.filter((each) => !each.name().startsWith("_")).map((each) => each.name());
  const all = command ? options : last.startsWith("-") ? options : [...named, "help"];
  return all.filter((each) => each.startsWith(last)).sort();
}

const scripts: Readonly<Record<string, string>> = {
  bash: `_gantry() {
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=($(gantry __complete -- "\${words[@]}" 2>/dev/null))
}
complete -o default -F _gantry gantry`,
  zsh: `#compdef gantry
_gantry() {
  local -a found
  found=(\${(f)"$(gantry __complete -- "\${words[2,CURRENT]}" 2>/dev/null)"})
  compadd -a found
}
compdef _gantry gantry`,
  fish: `complete -c gantry -f -a '(gantry __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'`,
};

/** The script that a shell reads: `source <(gantry completion bash)`. */
export function completionScript(shell: string): string {
  const script = scripts[shell];
  if (script) return script;
  throw new CliFailure(`There is no completion for ${shell}. Choose one of ${Object.keys(scripts).join(", ")}.`, {
    exit: exitCodes.usage,
    code: "usage",
  });
}
