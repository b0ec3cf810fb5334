"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

export function NameCard(scope: ProjectScope) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const project = useQuery(trpc.projects.get.queryOptions(scope));
  const rename = useMutation(
    trpc.projects.rename.mutationOptions({
      onSuccess: async () => {
        toast.success("Renamed.");
        await queries.invalidateQueries({ queryKey: trpc.projects.pathKey() });
      },
    }),
  );
  const error = rename.error ? apiError(rename.error) : null;
  return (
    <Card title="Name" description="What people read. The address of the project stays as it is.">
      {project.error ? <QueryFailure query={project} /> : null}
      {project.data ? (
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate({ ...scope, name: String(new FormData(event.currentTarget).get("name")) });
          }}
        >
          <Field label="Project name" className="min-w-48 flex-1" error={fieldMessage(error, "name") ?? error?.message}>
            <Input name="name" required maxLength={80} defaultValue={project.data.name} />
          </Field>
          <PermittedButton permission="project.update" type="submit" pending={rename.isPending}>
            Rename
          </PermittedButton>
        </form>
      ) : (
        <Skeleton className="h-12" />
      )}
    </Card>
  );
}
