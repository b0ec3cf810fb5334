import { problemText, TesterRefusal } from "../../policies/tester/TesterClient.ts";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";

/** Somebody who may sign in, as the app tells it. */
export interface AccountRow {
  readonly id: string;
  readonly userId: string | null;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly roles: readonly string[];
  readonly hasPassword: boolean;
  readonly disabledAt: string | null;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
}

export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface NewInvitation {
  readonly email: string;
  readonly roles: readonly string[];
  /** Of their record. */
  readonly profile: Readonly<Record<string, unknown>>;
}

export interface AccountPage {
  readonly data: readonly AccountRow[];
  readonly page: { readonly next: string | null };
}

/** Asks an app about its own accounts, straight from the browser. Everything throws TesterRefusal with what to tell. */
export class AccountsClient {
  readonly #session: TesterSession;

  constructor(session: TesterSession) {
    this.#session = session;
  }

  async accounts(which: { readonly email?: string; readonly after?: string } = {}): Promise<AccountPage> {
    return (await this.#ask("GET", `/accounts?${new URLSearchParams({ limit: "50", ...which })}`)) as AccountPage;
  }

  async invitations(): Promise<readonly InvitationRow[]> {
    const { data } = (await this.#ask("GET", "/invitations")) as { readonly data: readonly InvitationRow[] };
    return data;
  }

  /** `redirect` is where the mail leads; null hands its code out alone. */
  async invite(invitation: NewInvitation, redirect: string | null): Promise<void> {
    await this.#ask("POST", "/invitations", { ...invitation, ...(redirect !== null && { redirect }) });
  }

  async revoke({ id }: InvitationRow): Promise<void> {
    await this.#ask("DELETE", `/invitations/${id}`);
  }

  async change(
    { id }: AccountRow,
    changes: { readonly roles?: readonly string[]; readonly disabled?: boolean },
  ): Promise<void> {
    await this.#ask("PATCH", `/accounts/${id}`, changes);
  }

  async signOut({ id }: AccountRow): Promise<void> {
    await this.#ask("POST", `/accounts/${id}/sign-out`, {});
  }

  async removeSecondFactor({ id }: AccountRow): Promise<void> {
    await this.#ask("DELETE", `/accounts/${id}/totp`);
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { url, apiKey } = this.#session;
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    const response = await fetch(`${url}/auth${path}`, {
      method,
      headers,
      credentials: "omit",
      cache: "no-store",
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new TesterRefusal(0, `The app does not answer at ${url}, or lets no page of this address ask.`);
    });
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw new TesterRefusal(response.status, problemText(answer));
    return answer;
  }
}
