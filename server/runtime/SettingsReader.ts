export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  /** Absent: it must be given. */
  readonly default?: number;
  readonly whole?: boolean;
}

/** Reads settings from an environment and gathers what is wrong with them. (A library for this takes longer to load.) */
export class SettingsReader {
  readonly problems: string[] = [];
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  /** Null where it is not given; an empty text is as good as none. */
  text(name: string): string | null {
    return this.#environment[name] || null;
  }

  requiredText(name: string, { minLength = 1 } = {}): string {
    const text = this.text(name) ?? "";
    if (text.length < minLength) {
      this.#refuse(name, minLength > 1 ? `give at least ${minLength} characters` : "give a value");
    }
    return text;
  }

  number(name: string, { min, max, default: otherwise, whole = true }: NumberLimits): number {
    const text = this.text(name);
    if (text === null && otherwise !== undefined) return otherwise;
    const value = Number(text ?? Number.NaN);
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
    this.#refuse(name, `give a ${whole ? "whole " : ""}number from ${min} to ${max}`);
    return min;
  }

  url(name: string): string | null {
    const text = this.text(name);
    if (text !== null && !URL.canParse(text)) this.#refuse(name, "give an address such as https://storage.example");
    return text;
  }

  /** A text that holds another. */
  textWith(name: string, part: string): string | null {
    const text = this.text(name);
    if (text !== null && !text.includes(part)) this.#refuse(name, `give a text with ${part} in it`);
    return text;
  }

  /** `name=value` after `name=value`, with commas between them; values are encoded as in URLs. */
  pairs(name: string): Readonly<Record<string, string>> {
    const pairs = (this.text(name) ?? "").split(",").filter((pair) => pair.trim() !== "");
    return Object.fromEntries(
      pairs.flatMap((pair) => {
        const [, key = "", value = ""] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
        const plain = decoded(value);
        if (key !== "" && plain !== null) return [[key.toLowerCase(), plain]];
        this.#refuse(name, "give pairs such as authorization=Basic%20abc,tenant=one");
        return [];
      }),
    );
  }

  #refuse(name: string, sentence: string): void {
    this.problems.push(`${name}: ${sentence}.`);
  }
}

function decoded(value: string): string | null {
  try {
    const plain = decodeURIComponent(value);
    return /[\r\n\0]/.test(plain) ? null : plain;
  } catch {
    return null;
  }
}
