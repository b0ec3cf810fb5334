import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

/** Instead of an organisation that asks for a second factor, for whoever has not shown one. */
export function SecondFactorWall({ message }: { message: string }) {
  return (
    <Page>
      <EmptyState
        icon={<ShieldCheck />}
        title="A second factor is needed here"
        description={message}
        action={
          <Button asChild variant="primary">
            <Link href="/account/security">Open Account, Security</Link>
          </Button>
        }
      />
    </Page>
  );
}
