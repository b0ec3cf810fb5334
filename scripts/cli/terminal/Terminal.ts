import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Where a command says what it does: results to stdout, everything about them to stderr. */
export interface Terminal {
  /** True: stdout gets one JSON document, nothing else, and no colours are used anywhere. */
  readonly json: boolean;
  /** Whether a person watches, so that a line may be replaced by the next. */
  readonly live: boolean;
  /** The result of the command, as text; nothing with `json`. */
  print(text: string): void;
  /** The result of the command for scripts; nothing without `json`. */
  result(value: unknown): void;
  /** On the way: what was done. */
  note(text: string): void;
  style(style: Style, text: string): string;
}

export function terminalOf({ json, colour }: { readonly json: boolean; readonly colour: boolean }): Terminal {
  const live = !json && process.stderr.isTTY === true;
  const coloured = !json && colour && process.env.NO_COLOR === undefined;
  return {
    json,
    live,
    print: (text) => {
      if (!json) process.stdout.write(`${text}\n`);
    },
    result: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    note: (text) => {
      process.stderr.write(`${text}\n`);
    },
    // Whether the stream has colours is asked of the one that people read most: both go to the same screen, or neither.
    style: (style, text) =>
      coloured && process.stderr.isTTY ? styleText(style, text, { stream: process.stderr }) : text,
  };
}
