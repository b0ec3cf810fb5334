"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { FeatureOptions } from "#lib/model/commands/BehaviourCommand.ts";
import { searchLanguages } from "#lib/model/read/readFeatures.ts";
import type { Features, Resource } from "#lib/model/types.ts";
import { useBuilderActions, useDraft, useProblems } from "../../BuilderContext.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsWithin } from "../../problems/problemsAt.ts";
import { BehaviourSection, countNote } from "../BehaviourSection.tsx";
import { OrderFields } from "../OrderFields.tsx";
import { searchableFields, sortableIn, tenantFields } from "./featureChoices.ts";

/** What a resource can do beyond holding records, one switch each. */
export function FeatureSection({ resource }: { resource: Resource }) {
  const { run } = useBuilderActions();
  const model = useDraft();
  const { name: of, features = {} } = resource;
  const set = (options: FeatureOptions) => run({ type: "setFeatures", resource: of, features: options });
  const tenants = tenantFields(resource);
  const texts = searchableFields(resource);
  const { softDelete, history, versioned, timestamps, tenant, search, order, changeFeed } = features;
  return (
    <BehaviourSection
      title="Features"
      help="What the records can do beyond being there. None is on by itself."
      path={[of, "features"]}
      note={countNote(Object.keys(features).length)}
    >
      <Feature
        of={of}
        name="softDelete"
        label="Soft delete"
        hint="Deleted records are hidden and can be restored."
        on={softDelete !== undefined}
        set={(on) => set({ softDelete: on ? true : undefined })}
      />
      <Feature
        of={of}
        name="history"
        label="History"
        hint="Every change is kept: who, when, what before and after."
        on={history !== undefined}
        set={(on) => set({ history: on ? true : undefined })}
      />
      <Feature
        of={of}
        name="versioned"
        label="Version"
        hint="A number that grows with every change, so that nobody overwrites what they have not seen."
        on={versioned !== undefined}
        set={(on) => set({ versioned: on ? { required: false } : undefined })}
      >
        {versioned ? (
          <Checkbox
            label="Every change must name its version"
            hint="One that does not is refused."
            checked={versioned.required}
            onCheckedChange={(required) => set({ versioned: { required } })}
          />
        ) : null}
      </Feature>
      <Feature
        of={of}
        name="timestamps"
        label="Timestamps"
        hint="createdAt and updatedAt, set by Gantry and by nobody else."
        on={timestamps !== undefined}
        set={(on) => set({ timestamps: on ? true : undefined })}
      />
      <Feature
        of={of}
        name="tenant"
        label="Tenant"
        hint="Records belong to one of the app's own customers, and each sees only theirs."
        on={tenant !== undefined}
        unable={tenants.length === 0 ? "Needs an attribute or a belongsTo that says whose a record is." : null}
        set={(on) => set({ tenant: on ? tenants[0] : undefined })}
      >
        {tenant === undefined ? null : (
          <Field label="Whose a record is, says">
            <Select
              size="sm"
              value={tenant}
              options={[...new Set([tenant, ...tenants])].map((name) => ({ value: name, label: name }))}
              onValueChange={(name) => set({ tenant: name })}
            />
          </Field>
        )}
      </Feature>
      <Feature
        of={of}
        name="search"
        label="Full-text search"
        hint="Finds records by words, as a web search does."
        on={search !== undefined}
        unable={texts.length === 0 ? "Needs a text attribute to look in." : null}
        set={(on) => set({ search: on ? { fields: texts.slice(0, 1), language: "simple" } : undefined })}
      >
        {search ? <SearchOptions search={search} texts={texts} set={(next) => set({ search: next })} /> : null}
      </Feature>
      <Feature
        of={of}
        name="order"
        label="Order"
        hint="How lists are sorted that ask for no order."
        on={order !== undefined}
        set={(on) => set({ order: on ? firstOrder(sortableIn(model, resource)) : undefined })}
      >
        {order ? (
          <OrderFields
            order={order}
            names={sortableIn(model, resource)}
            set={(next) => set({ order: next.length === 0 ? undefined : next })}
          />
        ) : null}
      </Feature>
      <Feature
        of={of}
        name="changeFeed"
        label="Change feed"
        hint="Clients are told of changes as they happen, by server-sent events and GraphQL subscriptions."
        on={changeFeed !== undefined}
        set={(on) => set({ changeFeed: on ? true : undefined })}
      />
    </BehaviourSection>
  );
}

function firstOrder(names: readonly string[]): Features["order"] {
  const name = names[0];
  return name === undefined ? undefined : [{ name, descending: false }];
}

interface FeatureProps {
  of: string;
  name: keyof Features;
  label: string;
  hint: string;
  on: boolean;
  /** Why it cannot be switched on. */
  unable?: string | null;
  set: (on: boolean) => void;
  children?: React.ReactNode;
}

function Feature({ of, name, label, hint, on, unable = null, set, children }: FeatureProps) {
  const path = [of, "features", name];
  const problems = problemsWithin(useProblems(), path);
  return (
    <div className="flex flex-col gap-2" data-path={path.join(".")}>
      <Switch
        label={label}
        hint={on || unable === null ? hint : `${hint} ${unable}`}
        checked={on}
        disabled={!on && unable !== null}
        onCheckedChange={set}
      />
      <ProblemList problems={problems} />
      {children ? <div className="border-l-2 pl-3">{children}</div> : null}
    </div>
  );
}

type Search = NonNullable<Features["search"]>;

function SearchOptions({
  search,
  texts,
  set,
}: {
  search: Search;
  texts: readonly string[];
  set: (search: Search) => void;
}) {
  const { fields, language } = search;
  return (
    <div className="flex flex-col gap-2">
      <fieldset className="flex flex-col gap-0.5">
        <legend className="mb-1 font-medium text-muted text-xs">Looks in</legend>
        {[...new Set([...texts, ...fields])].map((name) => (
          <Checkbox
            key={name}
            label={name}
            checked={fields.includes(name)}
            onCheckedChange={(on) => {
              const next = on ? [...fields, name] : fields.filter((other) => other !== name);
              if (next.length > 0) set({ fields: next, language });
            }}
          />
        ))}
      </fieldset>
      <Field label="Knows the words of">
        <Select
          size="sm"
          value={language}
          options={searchLanguages.map((one) => ({
            value: one,
            label: one === "simple" ? "no language" : capital(one),
          }))}
          onValueChange={(next) => set({ fields, language: next })}
        />
      </Field>
    </div>
  );
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
