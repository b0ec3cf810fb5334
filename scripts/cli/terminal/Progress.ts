import type { Terminal } from "./Terminal.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** One line that tells what is going on, replaced while a person watches; without one, a line for each new thing. */
export class Progress implements Disposable {
  readonly #terminal: Terminal;
  #text = "";
  #frame = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** What is being done now. */
  say(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    if (!this.#terminal.live) {
      this.#terminal.note(`… ${text}`);
      return;
    }
    this.#timer ??= setInterval(() => this.#draw(), 80);
    this.#draw();
  }

  /** Leaves a line above for good. */
  leave(line: string): void {
    this.#clear();
    this.#text = "";
    this.#terminal.note(line);
  }

  [Symbol.dispose](): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#clear();
  }

  #draw(): void {
    if (this.#text === "") return;
    this.#frame = (this.#frame + 1) % frames.length;
    const width = Math.max(20, (process.stderr.columns ?? 80) - 3);
    process.stderr.write(`\r\u001B[2K${frames[this.#frame]} ${this.#text.slice(0, width)}`);
  }

  #clear(): void {
    if (this.#terminal.live) process.stderr.write("\r\u001B[2K");
  }
}
