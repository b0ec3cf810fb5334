"use client";

import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import type { Model } from "#lib/model/types.ts";
import { ActorForm } from "../../policies/tester/ActorForm.tsx";
import type { TesterActor } from "../../policies/tester/TesterActor.ts";
import type { TesterClient } from "../../policies/tester/TesterClient.ts";

export interface Asker {
  /** A service is not concerned by policies. */
  readonly kind: "service" | "actor";
  readonly actor: TesterActor;
}

interface AskerCardProps {
  client: TesterClient;
  model: Model;
  asker: Asker;
  onChange: (asker: Asker) => void;
}

/** As whom requests are sent. */
export function AskerCard({ client, model, asker, onChange }: AskerCardProps) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <SegmentedControl
          label="Send as"
          value={asker.kind}
          onValueChange={(kind) => onChange({ ...asker, kind })}
          options={[
            { value: "service", label: "A service" },
            { value: "actor", label: "Somebody" },
          ]}
        />
        <span className="text-faint text-xs">
          {asker.kind === "service"
            ? "With a service key of this browser: policies do not concern it."
            : "As the person below: what the policies let them."}
        </span>
      </div>
      {asker.kind === "actor" ? (
        <ActorForm
          client={client}
          model={model}
          actor={asker.actor}
          onChange={(actor) => onChange({ ...asker, actor })}
        />
      ) : null}
    </div>
  );
}
