"use client";

import type { ApiSection } from "#components/builder/api/ApiSection.ts";
import { ClientSection } from "#components/builder/api/client/ClientSection.tsx";
import { RequestConsole } from "#components/builder/api/console/RequestConsole.tsx";
import { DeprecationsSection } from "#components/builder/api/deprecations/DeprecationsSection.tsx";
import { DeployedDocs } from "#components/builder/api/docs/DeployedDocs.tsx";
import { ListsSection } from "#components/builder/api/lists/ListsSection.tsx";
import { OperationsSection } from "#components/builder/api/operations/OperationsSection.tsx";
import { SettingsSection } from "#components/builder/api/settings/SettingsSection.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { ConnectSection } from "./ConnectSection.tsx";
import { EndUsers } from "./EndUsers.tsx";
import { useOpenTester } from "./OpenTester.tsx";

/** One section of the API studio. */
export function ApiSectionScreen({ section, ...scope }: ProjectScope & { section: ApiSection }) {
  const openTester = useOpenTester();
  switch (section) {
    case "connect":
      return <ConnectSection {...scope} />;
    case "operations":
      return <OperationsSection />;
    case "lists":
      return <ListsSection />;
    case "deprecations":
      return <DeprecationsSection />;
    case "settings":
      return <SettingsSection />;
    case "users":
      return <EndUsers {...scope} open={openTester} />;
    case "console":
      return <RequestConsole open={openTester} storageKey={`${scope.organisation}/${scope.project}`} />;
    case "docs":
      return <DeployedDocs open={openTester} />;
    case "client":
      return <ClientSection open={openTester} />;
  }
}
