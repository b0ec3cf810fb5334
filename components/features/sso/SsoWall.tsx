import { LogIn } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

interface SsoWallProps {
  message: string;
  /** Of whoever looks. */
  email: string;
  organisation: string;
}

/** Instead of an organisation that asks to be come to by its own provider. */
export function SsoWall({ message, email, organisation }: SsoWallProps) {
  const asked = new URLSearchParams({ email, next: `/${organisation}` });
  return (
    <Page>
      <EmptyState
        icon={<LogIn />}
        title="Single sign-on is needed here"
        description={message}
        action={
          <Button asChild variant="primary">
            <a href={`/api/sso/start?${asked}`}>Continue with single sign-on</a>
          </Button>
        }
      />
    </Page>
  );
}
