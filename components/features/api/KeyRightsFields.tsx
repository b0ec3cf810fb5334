"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { describeRights } from "./describeRights.ts";

export interface KeyRights {
  /** Null: everything. */
  readonly roles: readonly string[] | null;
  readonly actAs: boolean;
}

interface KeyRightsFieldsProps extends ProjectScope {
  rights: KeyRights;
  onChange: (rights: KeyRights) => void;
}

/** What a new key may do: everything, or what the app's policies let some roles do. */
export function KeyRightsFields({ rights, onChange, ...scope }: KeyRightsFieldsProps) {
  const trpc = useTRPC();
  const roles = useQuery(trpc.deployments.keys.roles.queryOptions(scope));
  return (
    <Disclosure
      title="What it may do"
      note={describeRights(rights)}
      help="A service key is for servers of your own: policies do not concern it. A key with roles may do what the policies let them."
    >
      <SegmentedControl
        label="What the key may do"
        value={rights.roles === null ? "everything" : "roles"}
        onValueChange={(value) => onChange({ ...rights, roles: value === "everything" ? null : [] })}
        options={[
          { value: "everything", label: "Everything" },
          { value: "roles", label: "Chosen roles" },
        ]}
        className="self-start"
      />
      {rights.roles === null ? null : (
        <RoleChoice
          names={roles.data ?? []}
          chosen={rights.roles}
          onChange={(chosen) => onChange({ ...rights, roles: chosen })}
        />
      )}
      <Checkbox
        label="May act as others"
        hint="Requests with it may name the person they are for (Gantry-Act-As), and then run as that person."
        checked={rights.actAs}
        onCheckedChange={(actAs) => onChange({ ...rights, actAs })}
      />
    </Disclosure>
  );
}

interface RoleChoiceProps {
  names: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

function RoleChoice({ names, chosen, onChange }: RoleChoiceProps) {
  if (names.length === 0) {
    return (
      <p className="text-faint text-sm">The app as it is live has no roles. Add some to the model and deploy it.</p>
    );
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">Roles</legend>
      {names.map((name) => (
        <Checkbox
          key={name}
          label={name}
          checked={chosen.includes(name)}
          onCheckedChange={(checked) =>
            onChange(names.filter((other) => (other === name ? checked : chosen.includes(other))))
          }
        />
      ))}
    </fieldset>
  );
}
