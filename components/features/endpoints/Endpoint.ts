/** An endpoint as the app's own API shows it. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly description: string | null;
  readonly enabled: boolean;
  /** Why it was disabled without anybody asking for that. */
  readonly reason: string | null;
  readonly previousUntil: string | null;
  readonly failingSince: string | null;
  readonly createdAt: string;
  /** When it was just made or changed, and what is sent is signed. */
  readonly secret?: string | null;
}

export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly type: string;
  readonly subject: string;
  readonly status: "waiting" | "delivered" | "failed";
  readonly attempts: number;
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly log: readonly Attempt[];
}

export interface Attempt {
  readonly at: string;
  readonly milliseconds: number;
  readonly status: string;
  readonly excerpt: string;
}
