import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { celLanguage } from "./celLanguage.ts";
import { completionsAt, type ExpressionCompletion, type ExpressionCompletions } from "./completions.ts";
import { expressionTheme } from "./expressionTheme.ts";

/** What the editor asks of the field around it; read anew each time. */
export interface EditorHooks {
  readonly scope: ExpressionScope;
  readonly expected: ValueType | null;
  onEnter(): void;
  onEscape(): void;
}

/** All that an expression field can do, by keyboard: Enter takes over, Shift and Enter begin a line, Escape leaves. */
export function expressionExtensions(hooks: () => EditorHooks): readonly Extension[] {
  const enter = () => {
    hooks().onEnter();
    return true;
  };
  const leave = (view: EditorView) => {
    const listed = completionStatus(view.state) === "active";
    // A list that is only about to come is none that someone could mean to close.
    closeCompletion(view);
    if (!listed) hooks().onEscape();
    return true;
  };
  return [
    celLanguage,
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({
      override: [(context) => completions(context, hooks())],
      icons: false,
      defaultKeymap: false,
      closeOnBlur: true,
      interactionDelay: 0,
      maxRenderedOptions: 80,
    }),
    // Enter and Tab are the list's as long as it is open.
    Prec.highest(
      keymap.of([...completionKeymap.filter(({ key }) => key !== "Escape"), { key: "Tab", run: acceptCompletion }]),
    ),
    Prec.high(keymap.of([{ key: "Enter", run: enter }])),
    Prec.high(keymap.of([{ key: "Escape", run: leave }])),
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap.filter(({ key }) => key !== "Escape")]),
    EditorView.lineWrapping,
    ...expressionTheme,
  ];
}

const boosts: Readonly<Record<ExpressionCompletion["kind"], number>> = {
  option: 4,
  value: 3,
  member: 2,
  context: 1,
  function: 0,
};

function completions(context: CompletionContext, { scope, expected }: EditorHooks): CompletionResult | null {
  const source = context.state.doc.toString();
  const found = completionsAt(source, context.pos, { scope, expected });
  const { from, to, options } = found;
  if (options.length === 0 || (!context.explicit && !comesByItself(source.slice(0, context.pos), found))) return null;
  return { from, to, options: options.map(asCompletion) };
}

/** The list comes while a name is written, after a point and where an option belongs; not where all is written already. */
function comesByItself(before: string, { quoted, options }: ExpressionCompletions): boolean {
  const name = /[A-Za-z_]\w*$/.exec(before)?.[0];
  if (name === undefined) return quoted || /(?:[A-Za-z_]\w*\.|[=!]=\s+|\bin\s+\[?)$/.test(before);
  return (
    !options.some(({ label }) => label === name) ||
    options.some(({ label }) => label !== name && label.startsWith(name))
  );
}

function asCompletion({ label, detail, about, insert, back, kind }: ExpressionCompletion): Completion {
  return {
    label,
    detail,
    boost: boosts[kind],
    ...(about === undefined ? {} : { info: about }),
    apply(view, _completion, from, to) {
      // Brackets that are there already are not written twice.
      const isCalled = insert.endsWith("()") && view.state.sliceDoc(to, to + 1) === "(";
      const text = isCalled ? insert.slice(0, -2) : insert;
      view.dispatch({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length - (isCalled ? 0 : back) },
        userEvent: "input.complete",
      });
    },
  };
}
