/** Why something outside could not be reached or did not answer as it should. The message is public. */
export class EgressError extends Error {
  override readonly name = "EgressError";
  readonly code: EgressFailure;

  constructor(code: EgressFailure, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }

  /** Whether another attempt, some time later, can come to something else. */
  get isLasting(): boolean {
    return lasting.has(this.code);
  }
}

export type EgressFailure =
  /** No URL that may be asked for, or a request that cannot be sent. */
  | "invalid_request"
  /** The address is not of the open internet, and no exception names it. */
  | "egress_refused"
  /** No such host, nobody there, a broken connection, a certificate that does not fit. */
  | "unreachable"
  | "timed_out"
  /** Too large, too many redirects, or packed although that was not asked for. */
  | "unusable_answer"
  | "aborted";

const lasting: ReadonlySet<EgressFailure> = new Set(["invalid_request", "egress_refused", "unusable_answer"]);
