"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LimitNotice } from "#components/features/plans/LimitNotice.tsx";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { apiError, fieldMessage } from "#components/trpc/apiError.ts";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Select } from "#components/ui/Select.tsx";
import { allows } from "#lib/access/permissions.ts";
import { type Draft, emptyDraft, sourceComplaint } from "./Draft.ts";
import { ImportSource } from "./ImportSource.tsx";
import { OriginPicker } from "./OriginPicker.tsx";
import { TemplatePicker } from "./TemplatePicker.tsx";
import { uploadDump } from "./uploadDump.ts";

/** A new project from a database, a template or nothing. */
export function NewProject({ organisation: preset }: { organisation: string | undefined }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const organisations = useQuery(trpc.organisations.list.queryOptions());
  const [chosen, setChosen] = useState(preset);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [requestId] = useState(() => crypto.randomUUID());
  const [uploaded, setUploaded] = useState<number | null>(null);
  // Where one may make projects; what is about to be deleted takes none.
  const homes = organisations.data?.filter(({ role, deletesAt }) => allows(role, "projects.create") && !deletesAt);
  const organisation = homes?.find(({ slug }) => slug === chosen)?.slug ?? homes?.[0]?.slug;

  const create = useMutation({
    mutationFn: async () => {
      if (organisation === undefined) throw new Error("No organisation yet.");
      const from = await originOf(draft, setUploaded);
      const project = await client.projects.create.mutate({ organisation, name: draft.name, from, requestId });
      return `/${organisation}/${project.slug}/${draft.origin === "import" ? "import" : "model"}`;
    },
    onSuccess: (path) => router.push(path),
    onSettled: () => setUploaded(null),
  });
  if (organisations.error) return <QueryFailure query={organisations} />;
  if (homes?.length === 0) {
    return (
      <EmptyState
        icon={<Building2 />}
        title="An organisation comes first"
        description="Projects belong to an organisation, and there is none in which you may make them. Ask a developer, an admin or an owner to make the project, or have an organisation of your own."
        action={
          <Button asChild variant="primary">
            <Link href="/new/organisation">New organisation</Link>
          </Button>
        }
      />
    );
  }
  const error = create.error ? apiError(create.error) : null;
  const complaint = sourceComplaint(draft);
  return (
    <form
      className="flex max-w-3xl flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (complaint === null) create.mutate();
      }}
    >
      <PageHeader title="New project" description="One app: its model, its repository, and the APIs it serves." />
      {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
      {organisation && !error ? <LimitNotice organisation={organisation} limit="projects" /> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={fieldMessage(error, "name")}>
          <Input
            size="lg"
            autoFocus
            required
            maxLength={80}
            placeholder="Northwind"
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        </Field>
        {(homes?.length ?? 0) > 1 ? (
          <Field label="Organisation">
            <Select
              size="lg"
              options={(homes ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
              {...(organisation === undefined ? {} : { value: organisation })}
              onValueChange={setChosen}
            />
          </Field>
        ) : null}
      </div>
      <OriginPicker value={draft.origin} onValueChange={(origin) => setDraft({ ...draft, origin })} />
      {draft.origin === "template" ? (
        <TemplatePicker value={draft.template} onValueChange={(template) => setDraft({ ...draft, template })} />
      ) : null}
      {draft.origin === "import" ? <ImportSource draft={draft} onChange={setDraft} error={error} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          size="lg"
          disabled={complaint !== null || organisation === undefined}
          pending={create.isPending || create.isSuccess}
        >
          Create project
        </Button>
        <p aria-live="polite" className="text-muted text-sm">
          {uploaded === null ? complaint : `Sending the dump, ${uploaded} %`}
        </p>
      </div>
    </form>
  );
}

async function originOf(draft: Draft, onProgress: (percent: number) => void) {
  const { withRows } = draft;
  switch (draft.origin) {
    case "blank":
      return { kind: "blank" as const };
    case "template":
      return { kind: "template" as const, template: draft.template };
    case "import": {
      if (draft.source === "connection") {
        return { kind: "import" as const, import: { source: "connection" as const, url: draft.url.trim() }, withRows };
      }
      if (draft.dump === null) throw new Error("No dump chosen.");
      const uploadId = await uploadDump(draft.dump, onProgress);
      return { kind: "import" as const, import: { source: "dump" as const, uploadId }, withRows };
    }
  }
}
