import { closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";

const limit = 10_000_000;

/** A program's log on disk: at most two files of 10 MB, the older one with `.1` at its end. Remembers its last lines. */
export class LogFile {
  readonly path: string;
  #file: number;
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
    try {
      if (this.#size > limit) this.#rotate();
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
    closeSync(this.#file);
  }

  #rotate(): void {
    closeSync(this.#file);
    renameSync(this.path, `${this.path}.1`);
    this.#file = openSync(this.path, "a", 0o600);
    this.#size = 0;
  }
}
