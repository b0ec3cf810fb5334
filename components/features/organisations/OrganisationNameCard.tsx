"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useAccess } from "#components/shell/useAccess.ts";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { OrganisationScope } from "./OrganisationScope.ts";

/** Its name, and its address, which stays. */
export function OrganisationNameCard({ organisation, name }: OrganisationScope & { readonly name: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { whyNot } = useAccess();
  const why = whyNot("organisation.update");
  const rename = useMutation(
    trpc.organisations.rename.mutationOptions({
      onSuccess: async () => {
        toast.success("Renamed.");
        await queries.invalidateQueries({ queryKey: trpc.organisations.pathKey() });
      },
    }),
  );
  const error = rename.error ? apiError(rename.error) : null;
  return (
    <Card title="Name and address" description="The name is what people read. The address stays when it changes.">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (why === undefined) {
            rename.mutate({ organisation, name: String(new FormData(event.currentTarget).get("name")) });
          }
        }}
      >
        <div className="flex flex-wrap items-end gap-3">
          <Field
            label="Organisation name"
            className="min-w-48 flex-1"
            error={fieldMessage(error, "name") ?? error?.message}
          >
            <Input name="name" required maxLength={80} defaultValue={name} readOnly={why !== undefined} />
          </Field>
          <Button type="submit" pending={rename.isPending} why={why}>
            Rename
          </Button>
        </div>
        <p className="text-muted text-sm">
          Address: <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-xs">/{organisation}</code>
        </p>
      </form>
    </Card>
  );
}
