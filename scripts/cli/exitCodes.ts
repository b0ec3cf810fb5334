/** What a script learns from how the program ended (docs/cli.md). */
export const exitCodes = {
  done: 0,
  /** Something is wrong with the app or the deployment: problems in the model, a red test, a failed deploy. */
  refused: 1,
  /** The command line itself. */
  usage: 2,
  /** Nobody is signed in, or may not do this. */
  forbidden: 3,
  /** Gantry, or the network, does not answer. */
  unreachable: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
