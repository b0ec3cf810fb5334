"use client";

import { javascript } from "@codemirror/lang-javascript";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import CodeMirror, { type ReactCodeMirrorRef } from "@uiw/react-codemirror";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";
import type { Problem } from "#lib/model/Problem.ts";
import type { SourceRange } from "#lib/model/sources.ts";
import { codeTheme } from "./codeTheme.ts";
import { diagnostics } from "./diagnostics.ts";

interface CodeEditorProps {
  file: string;
  text: string;
  problems: readonly Problem[];
  /** What is selected elsewhere; brought into view when it changes. */
  place: SourceRange | null;
  onEdit: (text: string) => void;
  onLeave: () => void;
  run: (command: ModelCommand) => void;
}

/** Milliseconds after the last key until the canvas follows. */
const followDelay = 250;

const basicSetup = { foldGutter: false, highlightSelectionMatches: false };

/** Edits the text of a file; it is read, never executed. */
export default function CodeEditor({ file, text, problems, place, onEdit, onLeave, run }: CodeEditorProps) {
  const editor = useRef<ReactCodeMirrorRef>(null);
  const [ready, setReady] = useState(false);
  const waiting = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  const latest = useRef({ onEdit });
  useEffect(() => {
    latest.current = { onEdit };
  });

  const flush = () => {
    const typed = waiting.current;
    if (!typed) return;
    clearTimeout(typed.timer);
    waiting.current = null;
    latest.current.onEdit(typed.text);
  };
  const flushLatest = useRef(flush);
  useEffect(() => {
    flushLatest.current = flush;
  });
  // What was typed goes to the file it was typed in: the editor is a new one for another file.
  useEffect(() => () => flushLatest.current(), []);

  const extensions = useMemo(
    () => [
      javascript({ typescript: file.endsWith(".ts") }),
      ...(file.endsWith(".ts") ? [lintGutter()] : []),
      EditorView.lineWrapping,
      EditorState.tabSize.of(2),
      EditorView.contentAttributes.of({ "aria-label": `Code of ${file}` }),
      ...codeTheme,
    ],
    [file],
  );

  useEffect(() => {
    const view = editor.current?.view;
    if (!ready || !view || waiting.current) return;
    const marks = diagnostics(problems, file, { length: view.state.doc.length, run });
    view.dispatch(setDiagnostics(view.state, [...marks]));
  }, [problems, file, run, ready]);

  const onChange = useCallback((typed: string) => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = { text: typed, timer: setTimeout(() => flushLatest.current(), followDelay) };
  }, []);

  const line = place?.start.line;
  useEffect(() => {
    const view = editor.current?.view;
    if (!ready || !view || line === undefined || view.hasFocus) return;
    const at = view.state.doc.line(Math.min(line, view.state.doc.lines)).from;
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  }, [line, ready]);

  return (
    <CodeMirror
      ref={editor}
      className="h-full min-h-0 overflow-hidden"
      height="100%"
      value={waiting.current?.text ?? text}
      theme="none"
      extensions={extensions}
      indentWithTab={false}
      basicSetup={basicSetup}
      onCreateEditor={() => setReady(true)}
      onChange={onChange}
      onBlur={() => {
        flush();
        onLeave();
      }}
    />
  );
}
