/** Somebody as an organisation's provider has told, its signature checked; nothing is decided by it yet. */
export interface ProvidedIdentity {
  /** What the provider calls them, for ever. */
  readonly subject: string;
  /** Trimmed and lower-cased; null where none was told that is an address. */
  readonly email: string | null;
  readonly name: string | null;
  readonly groups: readonly string[];
  /** All that was told, as text, to show when the connection is tried. */
  readonly claims: Readonly<Record<string, string>>;
}
