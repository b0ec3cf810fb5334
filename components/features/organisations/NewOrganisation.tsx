"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";

/** One more organisation, of which one is the owner. */
export function NewOrganisation() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const create = useMutation(
    trpc.organisations.create.mutationOptions({
      onSuccess: async ({ slug }) => {
        await queries.invalidateQueries({ queryKey: trpc.organisations.list.queryKey() });
        router.push(`/${slug}`);
      },
    }),
  );
  const error = create.error ? apiError(create.error) : null;
  return (
    <form
      className="flex max-w-xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name: String(new FormData(event.currentTarget).get("name")) });
      }}
    >
      <PageHeader
        title="New organisation"
        description="It owns projects and has people, a plan and an audit log of its own. You are its owner."
      />
      {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
      <Field label="Organisation name" error={fieldMessage(error, "name")}>
        <Input name="name" size="lg" autoFocus required maxLength={80} placeholder="Northwind Traders" />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="self-start"
        pending={create.isPending || create.isSuccess}
      >
        Create organisation
      </Button>
    </form>
  );
}
