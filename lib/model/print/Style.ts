/** How a file is written. */
export interface Style {
  readonly quote: '"' | "'";
  readonly newline: "\n" | "\r\n";
  /** One step of indentation. */
  readonly indent: string;
}

export const defaultStyle: Style = { quote: '"', newline: "\n", indent: "  " };

/** Longer lines are broken. */
export const lineWidth = 120;
