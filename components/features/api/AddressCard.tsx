import { ExternalLink } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";

/** Where each of the app's interfaces is found. */
export function AddressCard({ url }: { url: string }) {
  const addresses = [
    { name: "REST", address: `${url}/rest/v1` },
    { name: "GraphQL", address: `${url}/graphql` },
    { name: "OpenAPI", address: `${url}/openapi.json` },
  ];
  return (
    <Card
      title="Addresses"
      actions={
        <Button asChild size="sm">
          <a href={`${url}/docs`} target="_blank" rel="noreferrer">
            Documentation <ExternalLink aria-hidden />
          </a>
        </Button>
      }
    >
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[5rem_minmax(0,1fr)]">
        {addresses.map(({ name, address }) => (
          <div key={name} className="contents">
            <dt className="text-muted text-sm sm:leading-6">{name}</dt>
            <dd className="flex min-w-0 items-center gap-1">
              <code className="min-w-0 break-all font-mono text-xs">{address}</code>
              <CopyButton text={address} label={`Copy ${name} address`} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
