"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";

export function NameCard() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const profile = useQuery(trpc.accounts.profile.queryOptions());
  const rename = useMutation(
    trpc.accounts.rename.mutationOptions({
      onSuccess: () => {
        toast.success("Your name is saved.");
        // The header shows it too.
        router.refresh();
        return queries.invalidateQueries(trpc.accounts.pathFilter());
      },
    }),
  );
  const error = rename.error ? apiError(rename.error) : null;
  return (
    <Card title="Name" description="What others see beside what you do.">
      {profile.error ? <QueryFailure query={profile} /> : null}
      {profile.isPending ? <Skeleton className="h-14" /> : null}
      {profile.data ? (
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            rename.mutate({ name: String(new FormData(event.currentTarget).get("name")) });
          }}
        >
          <Field label="Name" className="min-w-48 flex-1" error={fieldMessage(error, "name") ?? error?.message}>
            <Input name="name" autoComplete="name" maxLength={80} required defaultValue={profile.data.name} />
          </Field>
          <Button type="submit" pending={rename.isPending}>
            Save name
          </Button>
        </form>
      ) : null}
    </Card>
  );
}
