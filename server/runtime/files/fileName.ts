/** The name that a caller gives a file: of the query (`?name=`), or of `Content-Disposition`; null where there is none. */
export function givenName(query: string, disposition: string | undefined): string | null {
  const asked = new URLSearchParams(query).get("name");
  const extended = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(disposition ?? "")?.[1];
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition ?? "")?.[1]?.replace(/\\(.)/g, "$1");
  return cleanName(asked ?? decoded(extended) ?? quoted ?? "");
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Without folders and without what no file system shows. */
function cleanName(name: string): string | null {
  const last = name.toWellFormed().split(/[/\\]/).at(-1) ?? "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
  const clean = [...last.replace(/[\u0000-\u001f\u007f-\u009f]/g, "")].slice(0, 200).join("").trim();
  return clean === "" || clean === "." || clean === ".." ? null : clean;
}

/** Always to be saved, never shown as a page of the app's own address. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const extended = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`;
}
