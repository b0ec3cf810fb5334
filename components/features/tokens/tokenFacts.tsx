import { Badge } from "#components/ui/Badge.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { everyScope, type Scope } from "#lib/access/scopes.ts";

/** When and from where a token was used last. */
export function LastUse({ at, address }: { at: Date | null; address: string | null }) {
  if (!at) return "never";
  return (
    <>
      <RelativeTime at={at} />
      {address ? <span className="block font-mono text-2xs text-faint">{address}</span> : null}
    </>
  );
}

export function Expiry({ at }: { at: Date | null }) {
  if (!at) return "never";
  if (at.getTime() < Date.now()) return <Badge tone="warning">expired</Badge>;
  return (
    <time dateTime={at.toISOString()} title={at.toLocaleString()} suppressHydrationWarning>
      {at.toLocaleDateString()}
    </time>
  );
}

export function scopesText(scopes: readonly Scope[]): string {
  return scopes.length === everyScope.length ? "everything" : scopes.join(", ");
}
