"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { originProblem } from "#lib/model/verify/appApi.ts";
import { useBuilderActions, useDraft, useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";
import { CountField } from "../CountField.tsx";

/** Whose pages may call the app from a browser. */
export function OriginFields() {
  const cors = useDraft().app.api?.cors;
  const { run } = useBuilderActions();
  const problems = problemsWithin(useProblems(), ["app", "api", "cors", "origins"]);
  const set = (next: typeof cors) => run({ type: "setAppApi", api: { cors: next } });
  return (
    <Card
      title="Origins"
      description="Pages of which web addresses may call the app from a browser (CORS). Servers and mobile apps are not concerned."
    >
      <div className="flex flex-col gap-4">
        <SegmentedControl
          label="Origins that may call"
          value={cors ? "named" : "any"}
          onValueChange={(value) => set(value === "any" ? undefined : { origins: [] })}
          options={[
            { value: "any", label: "Any" },
            { value: "named", label: "Only these" },
          ]}
          className="self-start"
        />
        {cors ? (
          <>
            {cors.origins.length === 0 ? (
              <p className="text-faint text-sm">
                No page of another origin may call, and neither may this browser's console. Add the addresses of your
                pages.
              </p>
            ) : (
              <ul className="flex flex-col divide-y rounded-md border">
                {cors.origins.map((origin) => (
                  <li key={origin} className="flex min-h-8 items-center gap-2 pr-1 pl-2.5">
                    <code className="min-w-0 flex-1 break-all font-mono text-xs">{origin}</code>
                    <IconButton
                      label={`Remove ${origin}`}
                      size="sm"
                      variant="danger"
                      onClick={() => set({ ...cors, origins: cors.origins.filter((other) => other !== origin) })}
                    >
                      <X />
                    </IconButton>
                  </li>
                ))}
              </ul>
            )}
            <NewOrigin taken={cors.origins} add={(origin) => set({ ...cors, origins: [...cors.origins, origin] })} />
            <CountField
              path={["app", "api", "cors", "maxAge"]}
              label="Seconds that browsers remember this"
              value={cors.maxAge}
              usual={86_400}
              least={0}
              most={86_400}
              set={(maxAge) => {
                const { maxAge: _old, ...rest } = cors;
                set(maxAge === undefined ? rest : { ...rest, maxAge });
              }}
            />
          </>
        ) : null}
        <ProblemList problems={problems} />
      </div>
    </Card>
  );
}

function NewOrigin({ taken, add }: { taken: readonly string[]; add: (origin: string) => void }) {
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const origin = text.trim().replace(/\/$/, "");
  const problem = taken.includes(origin) ? "This origin is there already." : originProblem(origin);
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem) return;
        add(origin);
        setText("");
        setTried(false);
      }}
    >
      <Field label="New origin" error={tried ? problem : null} className="min-w-56 flex-1">
        <Input
          value={text}
          spellCheck={false}
          placeholder="https://shop.example"
          onChange={(event) => {
            setText(event.target.value);
            setTried(false);
          }}
        />
      </Field>
      <Button type="submit" icon={<Plus />}>
        Add origin
      </Button>
    </form>
  );
}
