import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";

/** The same for what is not there and for what one may not see. */
export function NotFound() {
  return (
    <main className="flex flex-1 items-center">
      <EmptyState
        icon={<Compass />}
        title="Nothing is here"
        description="The address is wrong, the thing is gone, or you are not a member of its organisation."
        action={
          <Button asChild>
            <Link href="/">All projects</Link>
          </Button>
        }
      />
    </main>
  );
}
