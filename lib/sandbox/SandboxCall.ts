/** One call of a function of the app's own, as texts: nothing but text goes into a sandbox and comes out of it. */
export interface SandboxCall {
  /** TypeScript: a function expression of one parameter. */
  readonly source: string;
  /** JSON of the argument. */
  readonly input: string;
  readonly limits: SandboxLimits;
}

export interface SandboxLimits {
  /** Of the call, preparation included. */
  readonly milliseconds: number;
  readonly memoryBytes: number;
  /** Of the JSON of the result, in characters. */
  readonly resultCharacters: number;
}

export const defaultSandboxLimits: SandboxLimits = {
  milliseconds: 1000,
  memoryBytes: 32 * 1024 * 1024,
  resultCharacters: 1024 * 1024,
};

export type SandboxOutcome =
  | { readonly kind: "result"; readonly json: string }
  /** The function threw, or cannot be read; the line counts from 1 in its text, where it is known. */
  | { readonly kind: "thrown"; readonly message: string; readonly line: number | null }
  | { readonly kind: "limit"; readonly limit: "time" | "memory" | "stack" | "result" };
