"use client";

import { Card } from "#components/ui/Card.tsx";
import { largestPageSize, usualPageSize } from "#lib/model/api/pageSizes.ts";
import type { Resource } from "#lib/model/types.ts";
import { useBuilderActions } from "../../BuilderContext.tsx";
import { CountField } from "../CountField.tsx";
import { FieldPicker } from "./FieldPicker.tsx";

/** All that is said of the lists of one resource. */
export function ListEditor({ resource }: { resource: Resource }) {
  const { run } = useBuilderActions();
  const { name, api } = resource;
  const set = (option: "pageSize" | "maxPageSize") => (value: number | undefined) =>
    run({ type: "setResourceApi", resource: name, api: { [option]: value } }, { key: `${name}.api.${option}` });
  return (
    <Card title={`Lists of ${name}`} description="On their own, under another record, and included with it.">
      <div className="flex flex-col gap-6">
        <div className="grid gap-4 sm:grid-cols-2">
          <CountField
            path={[name, "api", "pageSize"]}
            label="Records of a page"
            hint="Where the request does not say how many."
            value={api?.pageSize}
            usual={Math.min(usualPageSize, api?.maxPageSize ?? largestPageSize)}
            most={largestPageSize}
            set={set("pageSize")}
          />
          <CountField
            path={[name, "api", "maxPageSize"]}
            label="Records of a page at most"
            hint={`Requests that ask for more are refused. Never more than ${largestPageSize}.`}
            value={api?.maxPageSize}
            usual={largestPageSize}
            most={largestPageSize}
            set={set("maxPageSize")}
          />
        </div>
        <div className="grid gap-6 md:grid-cols-2">
          <FieldPicker resource={resource} use="filterable" />
          <FieldPicker resource={resource} use="sortable" />
        </div>
      </div>
    </Card>
  );
}
