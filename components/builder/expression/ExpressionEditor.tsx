"use client";

import { completionStatus } from "@codemirror/autocomplete";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, placeholder as placeholderText } from "@codemirror/view";
import { useEffect, useRef } from "react";
import type { ExpressionProblem } from "#lib/expression/ExpressionProblem.ts";
import { type EditorHooks, expressionExtensions } from "./expressionExtensions.ts";

export interface ExpressionEditorProps extends EditorHooks {
  value: string;
  problems: readonly ExpressionProblem[];
  placeholder: string;
  /** How the field is called and what describes it, for those who do not see it. */
  attributes: Readonly<Record<string, string>>;
  autoFocus: boolean;
  onChange(text: string): void;
  /** A list of completions came or went. */
  onListed(listed: boolean): void;
  onBlur(): void;
}

/** The text of an expression with colours, completion and marks. Keeps no value of its own. */
export default function ExpressionEditor(props: ExpressionEditorProps) {
  const { value, problems, attributes, placeholder, autoFocus } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const named = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; later values come by the effects below
  useEffect(() => {
    if (!host.current) return;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: value,
        selection: { anchor: value.length },
        extensions: [
          ...expressionExtensions(() => latest.current),
          named.current.of(EditorView.contentAttributes.of(attributes)),
          placeholderText(placeholder),
          EditorView.updateListener.of(({ docChanged, state, startState }) => {
            if (docChanged) latest.current.onChange(state.doc.toString());
            const listed = completionStatus(state) === "active";
            if (listed !== (completionStatus(startState) === "active")) latest.current.onListed(listed);
          }),
          EditorView.domEventHandlers({
            blur: () => latest.current.onBlur(),
            // What closes the list or leaves the field means nothing to the panel around it.
            keydown: (event) => {
              if (event.key === "Escape") event.stopPropagation();
            },
          }),
        ],
      }),
    });
    editor.current = view;
    if (autoFocus) view.focus();
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, []);

  useEffect(() => {
    const view = editor.current;
    const shown = view?.state.doc.toString();
    if (view && shown !== value) view.dispatch({ changes: { from: 0, to: shown?.length ?? 0, insert: value } });
  }, [value]);

  const said = JSON.stringify(attributes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same attributes in another object are the same
  useEffect(() => {
    editor.current?.dispatch({ effects: named.current.reconfigure(EditorView.contentAttributes.of(attributes)) });
  }, [said]);

  useEffect(() => {
    const view = editor.current;
    if (view)
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((problem) => mark(problem, view.state.doc.length)),
        ),
      );
  }, [problems]);

  return <div ref={host} />;
}

function mark({ start, end, message }: ExpressionProblem, length: number): Diagnostic {
  const from = Math.min(start, Math.max(length - 1, 0));
  return { from, to: Math.min(Math.max(end, from + 1), length), severity: "error", message };
}
