"use client";

import { Trash2 } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import type { IdentityProvider } from "#lib/model/processTypes.ts";
import { present } from "#lib/model/read/present.ts";
import { useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsAt } from "../../problems/problemsAt.ts";
import { AuthText } from "./AuthText.tsx";
import { ClaimRolesFields } from "./ClaimRolesFields.tsx";
import { sampleProblem } from "./providerKinds.ts";
import { some } from "./useAuth.ts";

interface ProviderFieldsProps {
  provider: IdentityProvider;
  /** Names of the others. */
  taken: readonly string[];
  appUrl: string | null;
  set: (provider: IdentityProvider) => void;
  remove: () => void;
}

export function ProviderFields({ provider, taken, appUrl, set, remove }: ProviderFieldsProps) {
  const path = ["app", "auth", "providers", provider.name];
  const problems = problemsAt(useProblems(), path);
  const change = (parts: { readonly [K in keyof IdentityProvider]?: IdentityProvider[K] | undefined }) => {
    const { name, issuer, clientId, ...rest } = { ...provider, ...parts };
    set({ name: name ?? "", issuer: issuer ?? "", clientId: clientId ?? "", ...present(rest) });
  };
  const scopes = provider.scopes?.join(" ");
  return (
    <div className="flex flex-col gap-4">
      <Callback
        url={`${appUrl ?? "https://<app>"}/auth/${kebabCase(provider.name)}/callback`}
        isKnown={appUrl !== null}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <AuthText
          path={[...path, "name"]}
          label="Name"
          hint="Stands in addresses."
          value={provider.name}
          check={(name) =>
            fieldNameShape(name) ??
            (taken.some((other) => kebabCase(other) === kebabCase(name)) ? "Another provider has this name." : null)
          }
          set={(name) => change({ name })}
        />
        <AuthText
          path={[...path, "issuer"]}
          label="Issuer"
          hint={sampleProblem(provider.issuer) ?? "As its discovery document names itself."}
          value={provider.issuer}
          placeholder="https://accounts.example.com"
          set={(issuer) => change({ issuer })}
        />
        <AuthText
          path={[...path, "clientId"]}
          label="Client id"
          hint="What the provider calls this app."
          value={provider.clientId}
          set={(clientId) => change({ clientId })}
        />
        <AuthText
          path={[...path, "clientSecret"]}
          label="Name of the client secret"
          hint="Its value is set under Settings, never in the model. Empty for public clients."
          value={provider.clientSecret}
          placeholder="GOOGLE_CLIENT_SECRET"
          optional
          set={(clientSecret) => change({ clientSecret })}
        />
        <AuthText
          path={[...path, "scopes"]}
          label="Scopes"
          hint="Beside `openid`; with spaces between."
          value={scopes}
          placeholder="email profile"
          optional
          set={(text) => change({ scopes: some(text?.split(/\s+/).filter((scope) => scope !== "") ?? []) })}
        />
      </div>
      <ClaimRolesFields path={path} value={provider.roles} set={(roles) => change({ roles })} />
      <ProblemList problems={problems} />
      <Button size="sm" icon={<Trash2 />} onClick={remove} className="self-start">
        Remove {provider.name}
      </Button>
    </div>
  );
}

function Callback({ url, isKnown }: { url: string; isKnown: boolean }) {
  return (
    <div className="flex flex-col gap-1 rounded-md border bg-sunken p-3">
      <span className="font-medium text-muted text-xs">Redirect address to register at the provider</span>
      <span className="flex min-w-0 items-center gap-1">
        <code className="min-w-0 break-all font-mono text-xs">{url}</code>
        {isKnown ? <CopyButton text={url} label="Copy redirect address" /> : null}
      </span>
      <span className="text-faint text-xs">
        {isKnown ? "Of production; each environment has its own." : "The app has an address once it is deployed."}
      </span>
    </div>
  );
}
