"use client";

import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import CodeMirror from "@uiw/react-codemirror";
import { useEffect, useMemo, useRef } from "react";
import { codeTheme } from "../../code/codeTheme.ts";
import { graphqlLanguage, jsonLanguage } from "./textLanguage.ts";

export interface TextEditorProps {
  label: string;
  language: "json" | "graphql";
  value: string;
  onChange: (text: string) => void;
  /** Ctrl Enter. */
  onSend: () => void;
}

const basicSetup = { foldGutter: false, highlightSelectionMatches: false, highlightActiveLine: false };

/** A text that is sent to the app. Tab leaves it, as it leaves every field. */
export default function TextEditor({ label, language, value, onChange, onSend }: TextEditorProps) {
  const latest = useRef(onSend);
  useEffect(() => {
    latest.current = onSend;
  });
  const extensions = useMemo(() => {
    const send = () => {
      latest.current();
      return true;
    };
    return [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: send }])),
      language === "json" ? jsonLanguage : graphqlLanguage,
      EditorView.lineWrapping,
      EditorState.tabSize.of(2),
      EditorView.contentAttributes.of({ "aria-label": label }),
      ...codeTheme,
    ];
  }, [label, language]);
  return (
    <CodeMirror
      value={value}
      theme="none"
      minHeight="5rem"
      maxHeight="22rem"
      extensions={extensions}
      indentWithTab={false}
      basicSetup={basicSetup}
      onChange={onChange}
      className="overflow-hidden rounded-md border focus-within:border-accent"
    />
  );
}
