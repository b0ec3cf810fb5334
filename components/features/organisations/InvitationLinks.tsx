import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";

interface InvitationLinksProps {
  readonly outcomes: readonly {
    readonly email: string;
    readonly outcome: "invited" | "member";
    readonly link: string | null;
  }[];
  onClose: () => void;
}

/** What became of each address; the links to pass on where this installation sends no mail. */
export function InvitationLinks({ outcomes, onClose }: InvitationLinksProps) {
  const isShown = outcomes.some(({ link }) => link !== null);
  return (
    <div className="flex flex-col gap-4">
      {isShown ? (
        <Banner tone="warning" title="This installation has no mail server">
          Pass each link on to whom it is for, and to nobody else. It is not shown again.
        </Banner>
      ) : null}
      <ul className="flex flex-col divide-y" aria-label="Invitations">
        {outcomes.map(({ email, outcome, link }) => (
          <li key={email} className="flex flex-col gap-1 py-2 text-sm">
            <span>
              {email} <span className="text-muted">{outcome === "member" ? "is a member already" : "is invited"}</span>
            </span>
            {link === null ? null : (
              <span className="flex min-w-0 items-center gap-2">
                <code
                  data-testid="invitation-link"
                  className="min-w-0 flex-1 overflow-x-auto whitespace-nowrap rounded-md border bg-sunken px-2 py-1 font-mono text-xs"
                >
                  {link}
                </code>
                <CopyButton text={link} label={`Copy the link for ${email}`} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
