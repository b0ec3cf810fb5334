/** A request as one writes it in the console. */
export interface ConsoleRequest {
  readonly method: string;
  /** With its query, below the app's address. */
  readonly path: string;
  /** Empty: none. */
  readonly body: string;
  /** Who asks: nothing of it is kept. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What came back, and how long it took. */
export interface ConsoleAnswer {
  readonly status: number;
  /** From sending to the last byte. */
  readonly milliseconds: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly bytes: number;
}

export const hasBody = (method: string) => method !== "GET" && method !== "DELETE" && method !== "HEAD";
