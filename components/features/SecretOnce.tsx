import { Banner } from "#components/ui/Banner.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";

interface SecretOnceProps {
  /** What it is: "Token", "API key". */
  label: string;
  secret: string;
  hint: string;
}

/** A secret at the one moment at which it is known. */
export function SecretOnce({ label, secret, hint }: SecretOnceProps) {
  return (
    <Banner tone="success" title={`${label} created`}>
      <div className="flex flex-col gap-2 pt-1">
        <div className="flex min-w-0 items-center gap-2">
          <code
            data-testid="secret"
            className="min-w-0 overflow-x-auto whitespace-nowrap rounded-md border bg-surface px-2 py-1 font-mono text-xs"
          >
            {secret}
          </code>
          <CopyButton text={secret} label={`Copy ${label}`} />
        </div>
        <p className="text-muted text-xs">{hint}</p>
      </div>
    </Banner>
  );
}
