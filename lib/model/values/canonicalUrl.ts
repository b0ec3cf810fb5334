const maxLength = 2000;

/**
 * An absolute address of the web, `http` or `https`, as the URL standard of the browsers writes it:
 * `"HTTPS://Example.com"` to `"https://example.com/"`. Without a user's name or password, white space, control
 * characters and backslashes; at most 2,000 characters. Null when the text is none.
 */
export function canonicalUrl(text: string): string | null {
  if (text.length > maxLength || !/^https?:\/\/[^/?#]/i.test(text) || hasRefusedCharacter(text)) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return null;
  return url.username === "" && url.password === "" && url.href.length <= maxLength ? url.href : null;
}

function hasRefusedCharacter(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  return !text.isWellFormed() || /[\s\\\u0000-\u001f\u007f-\u009f]/u.test(text);
}
