import { AppError, type FieldError } from "#lib/errors/AppError.ts";

/** One thing that is wrong with one row. */
export interface RowError {
  readonly line: number;
  /** Null where it is the row as a whole. */
  readonly column: string | null;
  readonly rule: string;
  readonly message: string;
  readonly allowed?: readonly string[];
}

/** So many rows are told of where one bad row spoils all, and so many where the good ones are taken. */
const mostStrict = 100;
const mostLenient = 1000;

/** What telling of an error that concerns several rows is done by, the first that is there. */
const precedence = ["forbidden", "forbidden_field", "invalid_input", "illegal_transition", "conflict"] as const;

/** What came of the rows of a table. */
export class ImportReport {
  readonly #lenient: boolean;
  readonly #errors: RowError[] = [];
  readonly #codes = new Set<string>();
  created = 0;
  updated = 0;
  failed = 0;

  constructor({ lenient }: { readonly lenient: boolean }) {
    this.#lenient = lenient;
  }

  /** Nothing more would be told, and nothing is kept. */
  get isFull(): boolean {
    return !this.#lenient && this.failed >= mostStrict;
  }

  /** `errors` name columns, or parts of their values: `address.city`. */
  fail(line: number, code: string, errors: readonly FieldError[]): void {
    this.failed += 1;
    this.#codes.add(code);
    if (this.failed > (this.#lenient ? mostLenient : mostStrict)) return;
    for (const { field, rule, message, allowed } of errors) {
      const [column = "", ...place] = field.split(".");
      const told = place.length > 0 ? `${place.join(".")}: ${message}` : message;
      this.#errors.push({
        line,
        column: column === "" ? null : column,
        rule,
        message: told,
        ...(allowed && { allowed }),
      });
    }
  }

  json(): string {
    const { created, updated, failed } = this;
    return JSON.stringify({ created, updated, failed, errors: this.#sorted() });
  }

  /** Why none of the rows was taken. */
  error(): AppError {
    const fields = this.#sorted().map(({ column, ...rest }): FieldError => ({ field: column ?? "", ...rest }));
    const counted = this.failed === 1 ? "One row is" : `${this.isFull ? "At least " : ""}${this.failed} rows are`;
    const code = precedence.find((candidate) => this.#codes.has(candidate)) ?? "invalid_input";
    return new AppError(code, `${counted} not acceptable, so nothing was changed.`, { fields });
  }

  #sorted(): readonly RowError[] {
    return this.#errors.toSorted((one, other) => one.line - other.line);
  }
}
