const maxBytes = 300;

/**
 * Why a path cannot stand in a repository, as the end of a sentence ("domain/../x" …), or null when it can.
 * Refuses what would leave the folder, hide from Git, or mean another file on another system.
 */
export function treePathProblem(path: string): string | null {
  if (path.length === 0) return "is empty";
  if (!path.isWellFormed()) return "is not valid Unicode";
  if (Buffer.byteLength(path) > maxBytes) return `is longer than ${maxBytes} bytes`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return "has a control character or a backslash";
  for (const part of path.split("/")) {
    if (part === "") return "has an empty part";
    if (part === "." || part === "..") return `has the part "${part}"`;
    if (/^(?:\.git|git~1)[ .]*$/i.test(part.normalize("NFKC").replace(/\p{Cf}/gu, ""))) return "has the part .git";
  }
  return null;
}

/** The first of `paths` that is also needed as a folder by another of them, or null. */
export function folderClash(paths: Iterable<string>): string | null {
  const all = new Set(paths);
  for (const path of all) {
    for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
      const folder = path.slice(0, slash);
      if (all.has(folder)) return folder;
    }
  }
  return null;
}
