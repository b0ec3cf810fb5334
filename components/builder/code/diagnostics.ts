import type { Diagnostic } from "@codemirror/lint";
import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";
import type { Problem } from "#lib/model/Problem.ts";

/** Problems of one file as marks in an editor that holds `length` characters; one of nothing marks one character. */
export function diagnostics(
  problems: readonly Problem[],
  file: string,
  { length, run }: { readonly length: number; readonly run: (command: ModelCommand) => void },
): readonly Diagnostic[] {
  return problems
    .filter((problem) => problem.file === file)
    .map(({ range, severity, message, fix }) => {
      const from = Math.min(range.start.offset, length);
      const to = Math.min(Math.max(range.end.offset, from + 1), length);
      return {
        from: Math.min(from, to),
        to,
        severity,
        message,
        ...(fix ? { actions: [{ name: fix.title, apply: () => run(fix.command) }] } : {}),
      };
    });
}
