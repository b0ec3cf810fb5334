"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Card } from "#components/ui/Card.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import { readModel } from "#lib/model/read/readModel.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { examplesFor } from "./examplesFor.ts";

interface ExampleCardProps extends ProjectScope {
  url: string;
}

/** Requests that work as they stand, made from the app's own model. */
export function ExampleCard({ organisation, project, url }: ExampleCardProps) {
  const { branch } = usePlace();
  const trpc = useTRPC();
  const model = useQuery(trpc.model.get.queryOptions({ organisation, project, branch }));
  const resources = useMemo(() => (model.data ? readModel(model.data.files).draft.resources : []), [model.data]);
  const [name, setName] = useState<string | null>(null);
  const resource = resources.find((candidate) => candidate.name === name) ?? resources[0];
  if (!resource) return null;
  return (
    <Card title="Examples" description="Put a key in KEY and run them in a terminal.">
      <div className="flex flex-col gap-4">
        <Field label="Resource" className="max-w-60">
          <Select
            options={resources.map((candidate) => ({ value: candidate.name, label: candidate.name }))}
            value={resource.name}
            onValueChange={setName}
          />
        </Field>
        {examplesFor(resource, url).map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} />
        ))}
      </div>
    </Card>
  );
}
