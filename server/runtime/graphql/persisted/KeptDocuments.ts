const mostCharacters = 4_000_000;
const longest = 50_000;

/** Documents that clients have sent with their hashes, the one not asked for longest going first. */
export class KeptDocuments {
  readonly #texts = new Map<string, string>();
  #characters = 0;

  find(hash: string): string | null {
    const text = this.#texts.get(hash);
    if (text === undefined) return null;
    this.#texts.delete(hash);
    this.#texts.set(hash, text);
    return text;
  }

  keep(hash: string, text: string): void {
    if (text.length > longest || this.#texts.has(hash)) return;
    this.#texts.set(hash, text);
    this.#characters += text.length;
    for (const [oldest, { length }] of this.#texts) {
      if (this.#characters <= mostCharacters) return;
      this.#texts.delete(oldest);
      this.#characters -= length;
    }
  }
}
