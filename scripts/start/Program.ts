/** One program of an instance that the launcher starts and keeps running. */
export interface Program {
  /** What people call it. */
  readonly name: string;
  /** Names its log file. */
  readonly log: string;
  /** What Node.js runs, with its parameters. */
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Answers over HTTP once it works. */
  readonly probe: string;
  /** What to tell once it works: usually its address. */
  readonly says: string;
}
