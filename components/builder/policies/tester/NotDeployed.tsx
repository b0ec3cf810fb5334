"use client";

import { useMemo } from "react";
import { Banner } from "#components/ui/Banner.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import type { Model } from "#lib/model/types.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { undeployedChanges } from "./undeployedChanges.ts";

interface NotDeployedProps {
  live: Model;
  /** What opens the list of them. */
  title: string;
}

/** Says what the model here has that the live one has not. */
export function NotDeployed({ live, title }: NotDeployedProps) {
  const draft = useDraft();
  const changes = useMemo(() => undeployedChanges(live, draft), [live, draft]);
  if (changes.length === 0) return null;
  const count = changes.length === 1 ? "One change" : `${changes.length} changes`;
  return (
    <Banner title={`${count} of the model here ${changes.length === 1 ? "is" : "are"} not deployed`}>
      <Disclosure title={title} className="[&>button]:text-xs">
        <ul className="flex list-disc flex-col gap-1 pl-4 text-xs">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </Disclosure>
    </Banner>
  );
}
