/** A bare repository on disk and the whole environment that Git runs with there. Nothing of the process's own environment is passed on. */
export interface GitDirectory {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface GitDirectoryOptions {
  /** The directories in which `git` is looked for (a `PATH`). */
  readonly searchPath: string;
  /** Objects of a push that is not accepted yet, as Git names them to its hooks. */
  readonly quarantine?: { readonly objects: string; readonly alternates: string };
}

/** Above this Git streams a file instead of holding it, and calls it binary in a diff. */
const bigFile = "4m";

const settings: readonly (readonly [string, string])[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.bigFileThreshold", bigFile],
  // A commit that was answered is on the disk, its branch included.
  ["core.fsync", "objects,reference"],
  ["core.fsyncMethod", "batch"],
  ["core.filesRefLockTimeout", "1000"],
  ["core.packedRefsTimeout", "1000"],
  ["gc.autoDetach", "false"],
  ["receive.autoGC", "false"],
  ["i18n.logOutputEncoding", "UTF-8"],
];

/** The repository at `path`; the machine's and the user's own configuration of Git have no say in it. */
export function gitDirectory(path: string, { searchPath, quarantine }: GitDirectoryOptions): GitDirectory {
  return {
    path,
    environment: {
      PATH: searchPath,
      HOME: "/nonexistent",
      LC_ALL: "C",
      GIT_DIR: path,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_ATTR_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
      GIT_NO_REPLACE_OBJECTS: "1",
      ...configuration([["safe.directory", path], ...settings]),
      ...(quarantine && {
        GIT_OBJECT_DIRECTORY: quarantine.objects,
        GIT_ALTERNATE_OBJECT_DIRECTORIES: quarantine.alternates,
      }),
    },
  };
}

/** The same repository with further settings, which win over earlier ones and over the repository's own. */
export function withSettings(
  directory: GitDirectory,
  more: readonly (readonly [string, string])[],
): Readonly<Record<string, string>> {
  return { ...directory.environment, ...configuration([["safe.directory", directory.path], ...settings, ...more]) };
}

function configuration(entries: readonly (readonly [string, string])[]): Record<string, string> {
  const result: Record<string, string> = { GIT_CONFIG_COUNT: String(entries.length) };
  for (const [index, [key, value]] of entries.entries()) {
    result[`GIT_CONFIG_KEY_${index}`] = key;
    result[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  return result;
}
