"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import type { ExternalIssuer } from "#lib/model/processTypes.ts";
import { present } from "#lib/model/read/present.ts";
import { useDraft, useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsAt } from "../../problems/problemsAt.ts";
import { AuthText } from "./AuthText.tsx";
import { ClaimRolesFields } from "./ClaimRolesFields.tsx";
import { some, useAuth } from "./useAuth.ts";

/** Issuers whose tokens the app takes as they are. */
export function IssuersCard() {
  const { auth, set } = useAuth();
  const issuers = auth.issuers ?? [];
  const change = (next: readonly ExternalIssuer[]) => set("issuers", some(next));
  return (
    <Card
      title="Tokens of other issuers"
      description="For people whose accounts are elsewhere, such as in Keycloak, Authentik, Entra or Auth0: requests come with its access token, and nobody signs in here."
      actions={
        <Button
          size="sm"
          icon={<Plus />}
          onClick={() => change([...issuers, { issuer: "", audience: "" }])}
          disabled={issuers.some(({ issuer }) => issuer === "")}
        >
          Add issuer
        </Button>
      }
    >
      {issuers.length === 0 ? (
        <p className="text-faint text-sm">None. The app takes its own tokens only.</p>
      ) : (
        <ul className="flex flex-col gap-5 divide-y *:pt-5 *:first:pt-0">
          {issuers.map((issuer, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an issuer is where it stands, whatever is typed into it
            <li key={index}>
              <IssuerFields
                issuer={issuer}
                index={index}
                set={(next) => change(issuers.map((other, at) => (at === index ? next : other)))}
                remove={() => change(issuers.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

interface IssuerFieldsProps {
  issuer: ExternalIssuer;
  index: number;
  set: (issuer: ExternalIssuer) => void;
  remove: () => void;
}

function IssuerFields({ issuer, index, set, remove }: IssuerFieldsProps) {
  const { users } = useDraft().app;
  const path = ["app", "auth", "issuers", String(index)];
  const problems = problemsAt(useProblems(), path);
  const change = (parts: { readonly [K in keyof ExternalIssuer]?: ExternalIssuer[K] | undefined }) => {
    const { issuer: of, audience, ...rest } = { ...issuer, ...parts };
    set({ issuer: of ?? "", audience: audience ?? "", ...present(rest) });
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <AuthText
          path={[...path, "issuer"]}
          label="Issuer"
          hint="Exactly as its tokens name it (`iss`)."
          value={issuer.issuer}
          placeholder="https://keycloak.example.com/realms/sales"
          set={(text) => change({ issuer: text })}
        />
        <AuthText
          path={[...path, "audience"]}
          label="Audience"
          hint="Whom its tokens must be for (`aud`)."
          value={issuer.audience}
          placeholder="https://api.example.com"
          set={(audience) => change({ audience })}
        />
        <AuthText
          path={[...path, "id"]}
          label="Claim with the person"
          hint={users === undefined ? "Becomes `actor.id`." : `The key of their record in ${users}.`}
          value={issuer.id}
          placeholder="sub"
          optional
          set={(id) => change({ id })}
        />
        <AuthText
          path={[...path, "tenant"]}
          label="Claim with the tenant"
          hint="Becomes `actor.tenant`; without one the record says it."
          value={issuer.tenant}
          placeholder="company"
          optional
          set={(tenant) => change({ tenant })}
        />
      </div>
      <ClaimRolesFields path={path} value={issuer.roles} set={(roles) => change({ roles })} />
      <ProblemList problems={problems} />
      <Button size="sm" icon={<Trash2 />} onClick={remove} className="self-start">
        Remove issuer
      </Button>
    </div>
  );
}
