/** What a request is answered, whole, so that it can be kept and given again. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where there is no body. */
  readonly body: string | null;
}
