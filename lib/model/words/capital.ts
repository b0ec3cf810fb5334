/** With a capital letter at its beginning: for a sentence, or a name that is put together. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With a small letter at its beginning: for a sentence within another one. */
export function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
