/** A description in front of a definition, or nothing. */
export const description = (text: string | undefined, indent = "") =>
  text === undefined ? "" : `${indent}${JSON.stringify(text.toWellFormed())}\n`;
