"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/DropdownMenu.tsx";
import type { IdentityProvider } from "#lib/model/processTypes.ts";
import { ProviderFields } from "./ProviderFields.tsx";
import { newProvider, providerKinds } from "./providerKinds.ts";
import { some, useAuth } from "./useAuth.ts";

/** Sign-in by OpenID Connect. `appUrl` is the address of the app where it is served; null while that is not known. */
export function ProvidersCard({ appUrl }: { appUrl: string | null }) {
  const { auth, set } = useAuth();
  const providers = auth.providers ?? [];
  const [open, setOpen] = useState<number | null>(null);
  const change = (next: readonly IdentityProvider[]) => set("providers", some(next));
  return (
    <Card
      title="Providers"
      description="Sign-in by OpenID Connect. People end in an account of this app, which the provider's identity belongs to."
      actions={
        <DropdownMenu
          align="end"
          trigger={
            <Button size="sm" icon={<Plus />}>
              Add provider
            </Button>
          }
        >
          {providerKinds.map((kind) => (
            <MenuItem
              key={kind.title}
              onSelect={() => {
                const taken = providers.map(({ name }) => name);
                if (change([...providers, newProvider(kind, taken)])) setOpen(providers.length);
              }}
            >
              {kind.title}
            </MenuItem>
          ))}
        </DropdownMenu>
      }
    >
      {providers.length === 0 ? (
        <p className="text-faint text-sm">None. Add one to let people come with the account they have there.</p>
      ) : (
        <ul className="flex flex-col divide-y">
          {providers.map((provider, index) => (
            // Names change while they are typed; the place is what stays.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index} className="py-1 first:pt-0 last:pb-0">
              <Disclosure
                title={provider.name}
                note={<span className="break-all">{hostOf(provider.issuer)}</span>}
                open={open === index}
                onOpenChange={(isOpen) => setOpen(isOpen ? index : null)}
                data-section={["app", "auth", "providers", provider.name].join(".")}
              >
                <ProviderFields
                  provider={provider}
                  taken={providers.filter((other) => other !== provider).map(({ name }) => name)}
                  appUrl={appUrl}
                  set={(next) => change(providers.map((other, at) => (at === index ? next : other)))}
                  remove={() => {
                    change(providers.filter((_, at) => at !== index));
                    setOpen(null);
                  }}
                />
              </Disclosure>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function hostOf(issuer: string): string {
  return URL.parse(issuer)?.host ?? issuer;
}
