"use client";

import { javascript } from "@codemirror/lang-javascript";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import CodeMirror, { type ReactCodeMirrorRef } from "@uiw/react-codemirror";
import { useEffect, useMemo, useRef, useState } from "react";
import { stripTypes } from "#lib/sandbox/stripTypes.ts";
import { codeTheme } from "../../code/codeTheme.ts";

interface SourceEditorProps {
  name: string;
  text: string;
  /** Where an example failed. */
  failed: { readonly line: number; readonly message: string } | null;
  onEdit: (text: string) => void;
  onLeave: () => void;
}

/** Milliseconds after the last key until the text is taken over. */
const delay = 350;
const basicSetup = { foldGutter: false, highlightSelectionMatches: false };

/** The text of a function; what cannot be read and where an example failed is marked at its line. */
export default function SourceEditor({ name, text, failed, onEdit, onLeave }: SourceEditorProps) {
  const editor = useRef<ReactCodeMirrorRef>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const latest = useRef({ typed, onEdit, text });
  useEffect(() => {
    latest.current = { typed, onEdit, text };
  });
  const flush = useRef(() => {
    const now = latest.current;
    if (now.typed !== null && now.typed !== now.text) now.onEdit(now.typed);
  });
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => flush.current(), delay);
    return () => clearTimeout(timer);
  }, [typed]);
  // What was typed is not lost when the editor goes away.
  useEffect(() => () => flush.current(), []);
  // Taken over: from here on the document is shown, also where an undo changes it.
  useEffect(() => {
    setTyped((before) => (before === text ? null : before));
  }, [text]);

  const shown = typed ?? text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other marks
  useEffect(() => {
    const view = editor.current?.view;
    if (!ready || !view) return;
    view.dispatch(setDiagnostics(view.state, marksOf(view.state.doc.toString(), failed)));
  }, [failed, ready, shown]);

  const extensions = useMemo(
    () => [
      javascript({ typescript: true }),
      lintGutter(),
      EditorView.lineWrapping,
      EditorState.tabSize.of(2),
      EditorView.contentAttributes.of({ "aria-label": `Code of ${name}` }),
      ...codeTheme,
    ],
    [name],
  );
  return (
    <CodeMirror
      ref={editor}
      className="overflow-hidden rounded-md border"
      minHeight="9rem"
      maxHeight="32rem"
      value={shown}
      theme="none"
      extensions={extensions}
      indentWithTab={false}
      basicSetup={basicSetup}
      onCreateEditor={() => setReady(true)}
      onChange={setTyped}
      onBlur={() => {
        flush.current();
        onLeave();
      }}
    />
  );
}

function marksOf(text: string, failed: SourceEditorProps["failed"]): Diagnostic[] {
  const stripped = stripTypes(text);
  if ("message" in stripped) return [markAt(text, stripped)];
  return failed ? [markAt(text, failed)] : [];
}

function markAt(
  text: string,
  at: { readonly line: number; readonly message: string; readonly column?: number },
): Diagnostic {
  const lines = text.split("\n");
  const line = Math.min(Math.max(at.line, 1), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const length = lines[line - 1]?.length ?? 0;
  const from = start + Math.min(at.column ?? 0, Math.max(length - 1, 0));
  return { from, to: Math.max(from, start + length), severity: "error", message: at.message };
}
