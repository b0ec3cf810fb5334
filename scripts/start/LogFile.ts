import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";

const limit = 10_000_000;

/** A program's log on disk: at most two files of 10 MB, the older one with `.1` at its end. Remembers its last lines. */
export class LogFile {
  readonly path: string;
  #file: number | undefined;
  #size: number;
  #last: string[] = [];

  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, "a", 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  /** Never throws: a full disk must not end the programs whose log it is. */
  write(line: string): void {
    this.#last = [...this.#last.slice(-19), line];
    if (this.#file === undefined) return;
    try {
      if (this.#size > limit) this.#file = this.#rotate(this.#file);
      this.#size += writeSync(this.#file, `${line}\n`);
    } catch {
      // The line is still among the last ones, which is where a person will see it.
    }
  }

  /** The newest lines, at most 20. */
  get last(): readonly string[] {
    return this.#last;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #rotate(file: number): number {
    renameSync(this.path, `${this.path}.1`);
    const next = openSync(this.path, "a", 0o600);
    closeSync(file);
    this.#size = 0;
    return next;
  }
}
