"use client";

import { EndpointsCard } from "#components/features/endpoints/EndpointsCard.tsx";
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
import { SecretsCard } from "./SecretsCard.tsx";

/** What is about the project itself and not about its model. */
export function SettingsScreen(scope: ProjectScope) {
  return (
    <>
      <PageHeader title="Settings" />
      <NameCard {...scope} />
      <CloneCard {...scope} />
      <ImportCard {...scope} />
      <SecretsCard {...scope} />
      <MailCard {...scope} />
      <EndpointsCard {...scope} />
      <EgressCard {...scope} />
      <EncryptionCard {...scope} />
      <EjectCard {...scope} />
      <DangerCard {...scope} />
    </>
  );
}
