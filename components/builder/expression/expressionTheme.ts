import { EditorView } from "@codemirror/view";
import { codeTheme } from "../code/codeTheme.ts";

/** A field of one line that grows, with the colours of the code and the frame of other fields. */
export const expressionTheme = [
  EditorView.theme({
    "&": { height: "auto", backgroundColor: "transparent" },
    ".cm-tooltip": { border: "1px solid var(--line)", backgroundColor: "var(--raised)" },
    ".cm-scroller": { lineHeight: "20px", overflowX: "hidden", maxHeight: "168px" },
    ".cm-content": { padding: "5px 0" },
    ".cm-line": { padding: "0 10px" },
    ".cm-placeholder": { color: "var(--faint)", whiteSpace: "pre-wrap" },
    ".cm-tooltip.cm-tooltip-autocomplete": { padding: "4px", zIndex: "70" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": {
      fontFamily: "var(--font-mono)",
      fontSize: "12px",
      maxHeight: "208px",
      maxWidth: "min(420px, calc(100vw - 24px))",
      minWidth: "200px",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
      display: "flex",
      gap: "12px",
      alignItems: "baseline",
      padding: "4px 8px",
      borderRadius: "4px",
      lineHeight: "18px",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
      backgroundColor: "var(--accent-soft)",
      color: "var(--accent-text)",
    },
    ".cm-completionLabel": { flexShrink: "0" },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
    ".cm-completionDetail": {
      flex: "1",
      textAlign: "right",
      fontStyle: "normal",
      color: "var(--faint)",
      overflow: "hidden",
      textOverflow: "ellipsis",
      whiteSpace: "nowrap",
      marginLeft: "0",
    },
    ".cm-completionInfo": {
      padding: "8px 10px",
      fontFamily: "var(--font-sans)",
      fontSize: "12px",
      maxWidth: "260px",
    },
    "&.cm-editor .cm-lintRange": { paddingBottom: "1px" },
  }),
  ...codeTheme,
];
