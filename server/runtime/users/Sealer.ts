import { AppError } from "#lib/errors/AppError.ts";
import type { FieldCipher } from "../encryption/FieldCipher.ts";

/** Seals what of the users must not be read out of the database. */
export class Sealer {
  readonly #cipher: FieldCipher | null;

  constructor(cipher: FieldCipher | null) {
    this.#cipher = cipher;
  }

  seal(text: string, place: string): string {
    return this.#known().seal(text, place);
  }

  /** Throws where the value was sealed elsewhere, altered, or by a key that is not there. */
  open(sealed: string, place: string): string {
    return this.#known().open(sealed, place);
  }

  #known(): FieldCipher {
    if (this.#cipher) return this.#cipher;
    throw new AppError("unavailable", "This environment has no key to keep secrets with. Deploy it again.");
  }
}
