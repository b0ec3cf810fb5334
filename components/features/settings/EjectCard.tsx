"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { Card } from "#components/ui/Card.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { EjectPushForm } from "./EjectPushForm.tsx";

/** How one takes the app away as a program of its own. */
export function EjectCard(scope: ProjectScope) {
  const [pushing, setPushing] = useState(false);
  const address = `/api/eject/${scope.organisation}/${scope.project}`;
  return (
    <Card
      title="Eject"
      description="The app as a program of its own: its repository with the whole history, and one commit more that adds the engine's sources, tests, containers and a README. It serves the same API on your own PostgreSQL and calls nobody. This project goes on as it is."
      actions={
        <>
          <PermittedButton
            permission="project.eject"
            size="sm"
            onClick={() => setPushing(!pushing)}
            aria-expanded={pushing}
          >
            Push to a Git server
          </PermittedButton>
          <PermittedButton permission="project.eject" size="sm" variant="primary" asChild>
            <a href={address} download>
              <Download aria-hidden /> Download
            </a>
          </PermittedButton>
        </>
      }
    >
      {pushing ? <EjectPushForm {...scope} /> : undefined}
    </Card>
  );
}
