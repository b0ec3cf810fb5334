"use client";

import { Card } from "#components/ui/Card.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { GraphqlSettings, RateLimits } from "#lib/model/types.ts";
import { deepestSelection } from "#lib/model/verify/appApi.ts";
import { useBuilderActions, useDraft } from "../../BuilderContext.tsx";
import { CountField } from "../CountField.tsx";
import { OriginFields } from "./OriginFields.tsx";
import { RateField } from "./RateField.tsx";

/** How the whole app shows in its APIs: format, rates, origins, bounds of GraphQL. */
export function SettingsSection() {
  const { app } = useDraft();
  const { run } = useBuilderActions();
  const { format, rateLimits = {}, graphql = {} } = app.api ?? {};
  const setRates = (limits: RateLimits) => run({ type: "setAppApi", api: { rateLimits: limits } });
  const setGraphql = <K extends keyof GraphqlSettings>(option: K, value: GraphqlSettings[K] | undefined) => {
    const { [option]: _old, ...rest } = graphql;
    const next = value === undefined ? rest : { ...rest, [option]: value };
    run({ type: "setAppApi", api: { graphql: next } }, { key: `app.api.graphql.${option}` });
  };
  return (
    <>
      <PageHeader
        title="API settings"
        description="What holds for the whole app. It takes effect with the next deploy."
      />
      <Card
        title="Format"
        description="What REST answers where a request accepts anything. Clients may always ask for the other."
      >
        <SegmentedControl
          label="Format of REST"
          value={format ?? "json"}
          onValueChange={(value) =>
            run({ type: "setAppApi", api: { format: value === "jsonApi" ? "jsonApi" : undefined } })
          }
          options={[
            { value: "json", label: "Plain JSON" },
            { value: "jsonApi", label: "JSON:API" },
          ]}
        />
      </Card>
      <Card
        title="Rate limits"
        description="Whoever asks more often is told to wait (429, with Retry-After). All of a span's requests may come at once."
      >
        <div className="flex flex-col gap-4">
          <RateField
            of="actor"
            label="Each actor"
            hint="An end user; everybody without a key together by address."
            limits={rateLimits}
            set={setRates}
          />
          <RateField of="key" label="Each API key" hint="Whatever it is used for." limits={rateLimits} set={setRates} />
          <RateField
            of="environment"
            label="All clients together"
            hint="Of one environment, such as production."
            limits={rateLimits}
            set={setRates}
          />
        </div>
      </Card>
      <OriginFields />
      <Card title="GraphQL" description="What one operation may ask for, and whether the schema can be asked for.">
        <div className="flex flex-col gap-5">
          <Switch
            label="Introspection"
            hint="Off: clients cannot ask for the schema. Tools such as GraphiQL then know nothing of it."
            checked={graphql.introspection !== false}
            onCheckedChange={(on) => setGraphql("introspection", on ? undefined : false)}
          />
          <Switch
            label="Only the app's own operations"
            hint="On: only operations that stand in the app's repository are answered, all others are refused."
            checked={graphql.persistedOnly === true}
            onCheckedChange={(on) => setGraphql("persistedOnly", on ? true : undefined)}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <CountField
              path={["app", "api", "graphql", "maxDepth"]}
              label="Levels at most"
              hint="Of selections inside each other."
              value={graphql.maxDepth}
              usual={20}
              most={deepestSelection}
              set={(value) => setGraphql("maxDepth", value)}
            />
            <CountField
              path={["app", "api", "graphql", "maxCost"]}
              label="Cost at most"
              hint="Roughly the records that an operation may ask for."
              value={graphql.maxCost}
              usual={50_000}
              most={100_000_000}
              set={(value) => setGraphql("maxCost", value)}
            />
          </div>
        </div>
      </Card>
    </>
  );
}
