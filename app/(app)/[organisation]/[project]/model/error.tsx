"use client";

import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";

interface ModelErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** The builder itself failed; what was not saved is kept in the browser. */
export default function ModelError({ error, reset }: ModelErrorProps) {
  return (
    <div className="mx-auto w-full max-w-2xl p-6">
      <Banner
        tone="danger"
        title="The builder stopped"
        actions={
          <Button size="sm" onClick={reset}>
            Open it again
          </Button>
        }
      >
        Your unsaved changes are kept in this browser and will be offered again.
        {error.digest === undefined ? null : <span className="ml-1 text-muted text-xs">Reference {error.digest}.</span>}
      </Banner>
    </div>
  );
}
