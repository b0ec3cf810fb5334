"use client";

import { EndpointsCard } from "#components/features/endpoints/EndpointsCard.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { CloneCard } from "./CloneCard.tsx";
import { DangerCard } from "./DangerCard.tsx";
import { EgressCard } from "./EgressCard.tsx";
import { EjectCard } from "./EjectCard.tsx";
import { EncryptionCard } from "./EncryptionCard.tsx";
import { ImportCard } from "./ImportCard.tsx";
import { MailCard } from "./MailCard.tsx";
import { NameCard } from "./NameCard.tsx";
import { PeopleCard } from "./PeopleCard.tsx";
import { SecretsCard } from "./SecretsCard.tsx";

/** What is about the project itself, or about one environment of it, and not about its model. */
export function SettingsScreen(scope: ProjectScope) {
  const { environment } = usePlace();
  const place = { ...scope, environment };
  return (
    <>
      <PageHeader title="Settings" />
      <NameCard {...scope} />
      <PeopleCard {...scope} />
      <CloneCard {...scope} />
      <ImportCard {...scope} />
      <section key={environment} className="flex flex-col gap-6" aria-labelledby="of-environment">
        <div className="pt-2">
          <h2 id="of-environment" className="font-semibold text-lg">
            Of {environment}
          </h2>
          <p className="text-muted text-sm">Each environment has its own. Choose another one at the top.</p>
        </div>
        <SecretsCard {...place} />
        <MailCard {...place} />
        <EndpointsCard {...place} />
        <EgressCard {...place} />
        <EncryptionCard {...place} />
      </section>
      <EjectCard {...scope} />
      <DangerCard {...scope} />
    </>
  );
}
