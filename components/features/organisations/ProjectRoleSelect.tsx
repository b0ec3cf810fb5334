"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Select } from "#components/ui/Select.tsx";
import { type ProjectRole, projectRoles, type Role } from "#lib/access/roles.ts";
import { projectRoleLabel, roleWords } from "./roleWords.ts";

interface ProjectRoleSelectProps {
  readonly organisation: string;
  readonly project: string;
  readonly person: { readonly userId: string; readonly name: string };
  /** What they are in the organisation. */
  readonly general: Role;
  readonly override: ProjectRole | null;
  readonly label: string;
}

/** What a member is in one project. */
export function ProjectRoleSelect(props: ProjectRoleSelectProps) {
  const { organisation, project, person, general, override, label } = props;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const change = useMutation(
    trpc.members.setProjectRole.mutationOptions({
      onError: (error) => toast.error(apiError(error).message),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.members.pathKey() }),
    }),
  );
  return (
    <Select
      size="sm"
      aria-label={label}
      className="w-48"
      disabled={change.isPending}
      value={override ?? "general"}
      options={[
        { value: "general", label: `${roleWords[general].label}, as elsewhere` },
        ...projectRoles.map((value) => ({ value, label: projectRoleLabel(value) })),
      ]}
      onValueChange={(value) => {
        const role = projectRoles.find((one) => one === value) ?? null;
        change.mutate({ organisation, project, userId: person.userId, role });
      }}
    />
  );
}
