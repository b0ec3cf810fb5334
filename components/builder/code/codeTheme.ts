import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { pageNonce } from "#components/ui/pageNonce.ts";

/** The editor in the application's own colours; they follow the theme by themselves. */
export const codeTheme = [
  EditorView.cspNonce.of(pageNonce()),
  EditorView.theme({
    "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: "12.5px" },
    "&.cm-focused, &:focus-within": { outline: "1px solid var(--accent-line)", outlineOffset: "-1px" },
    ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6" },
    ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--faint)", border: "none" },
    ".cm-activeLine, .cm-activeLineGutter": {
      backgroundColor: "color-mix(in oklch, var(--hover) 60%, transparent)",
    },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "color-mix(in oklch, var(--accent) 24%, transparent)",
    },
    ".cm-matchingBracket": { backgroundColor: "var(--active) !important", outline: "none" },
    ".cm-lintRange-error": {
      backgroundImage: "none",
      textDecoration: "underline wavy var(--danger) 1px",
      textUnderlineOffset: "3px",
    },
    ".cm-lintRange-warning": {
      backgroundImage: "none",
      textDecoration: "underline wavy var(--warning) 1px",
      textUnderlineOffset: "3px",
    },
    ".cm-tooltip": {
      border: "1px solid var(--line)",
      borderRadius: "8px",
      backgroundColor: "var(--raised)",
      color: "var(--ink)",
      boxShadow: "0 8px 24px hsl(var(--shadow) / 0.16)",
      overflow: "hidden",
    },
    ".cm-diagnostic": { padding: "6px 10px", fontFamily: "var(--font-sans)", fontSize: "12px" },
    ".cm-diagnosticAction": {
      borderRadius: "4px",
      backgroundColor: "var(--accent)",
      color: "var(--on-accent)",
      padding: "2px 8px",
    },
    ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--ink)", borderColor: "var(--line)" },
    ".cm-searchMatch": { backgroundColor: "var(--warning-soft)" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.moduleKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
      { tag: [tags.string, tags.regexp], color: "var(--code-string)" },
      { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-property)" },
      { tag: tags.function(tags.variableName), color: "var(--ink)", fontWeight: "500" },
      { tag: [tags.comment, tags.lineComment, tags.blockComment], color: "var(--code-comment)", fontStyle: "italic" },
      { tag: tags.invalid, color: "var(--danger-text)" },
    ]),
  ),
];
