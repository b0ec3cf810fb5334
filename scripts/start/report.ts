import { performance } from "node:perf_hooks";

/** Takes what a person should read while an instance starts and runs. */
export interface Report {
  /** One part came up, `since` being when it began by `performance.now()`. */
  part(name: string, what: string, since: number): void;
  /** Something happened that may need attention. */
  notice(sentence: string): void;
}

/** Prints lines in columns. */
export function printedReport(stream: NodeJS.WritableStream): Report {
  return {
    part(name, what, since) {
      const seconds = `${((performance.now() - since) / 1000).toFixed(1)} s`;
      stream.write(`${name.padEnd(12)}${what.padEnd(44)}${seconds.padStart(8)}\n`);
    },
    notice: (sentence) => stream.write(`${sentence}\n`),
  };
}
