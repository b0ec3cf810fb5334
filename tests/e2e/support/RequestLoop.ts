/** Asks the same thing over and over until told to stop, and counts what went wrong. */
export class RequestLoop {
  readonly #failures: string[] = [];
  readonly #done: Promise<void>;
  #stopping = false;
  #answered = 0;

  constructor(ask: () => Promise<{ readonly status: number }>) {
    this.#done = this.#run(ask);
  }

  async stop(): Promise<{ readonly answered: number; readonly failures: readonly string[] }> {
    this.#stopping = true;
    await this.#done;
    return { answered: this.#answered, failures: this.#failures };
  }

  async #run(ask: () => Promise<{ readonly status: number }>): Promise<void> {
    while (!this.#stopping) {
      try {
        const { status } = await ask();
        if (status === 200) this.#answered++;
        else this.#failures.push(`status ${status}`);
      } catch (error) {
        this.#failures.push(String(error));
      }
    }
  }
}
