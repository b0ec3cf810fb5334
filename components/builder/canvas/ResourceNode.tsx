"use client";

import { Handle, type NodeProps, Position, useConnection, useStore } from "@xyflow/react";
import {
  ArrowRight,
  ChevronsLeftRight,
  CircleAlert,
  CornerDownRight,
  KeyRound,
  Plus,
  Sigma,
  SquareFunction,
  Workflow,
} from "lucide-react";
import { memo } from "react";
import { cn } from "#components/ui/cn.ts";
import type { Attribute, Relationship, Resource } from "#lib/model/types.ts";
import { useBuilderActions } from "../BuilderContext.tsx";
import { typeLooks, typeWord } from "../typeLooks.tsx";
import type { ResourceNodeType } from "./canvasGraph.ts";
import { isFar, isVeryFar } from "./zoomLevel.ts";

/** A resource on the canvas. Its heights are those of geometry.ts. */
export const ResourceNode = memo(function ResourceNode({ data, selected }: NodeProps<ResourceNodeType>) {
  const far = useStore(isFar);
  const veryFar = useStore(isVeryFar);
  const { resource, problems, unread, part } = data;
  const { select } = useBuilderActions();
  const count = resource.attributes.length;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with parts is no fieldset
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys, Enter and Delete work on it; see Canvas
      tabIndex={0}
      data-resource={resource.name}
      aria-label={`Resource ${resource.name}, ${count} ${count === 1 ? "attribute" : "attributes"}${
        problems > 0 ? `, ${problems} ${problems === 1 ? "problem" : "problems"}` : ""
      }`}
      {...(selected ? { "aria-current": true } : {})}
      className={cn(
        "group h-full rounded-lg border bg-surface text-xs shadow-sm outline-none transition-shadow duration-100",
        "focus-visible:ring-2 focus-visible:ring-accent",
        selected ? "border-accent ring-1 ring-accent" : problems > 0 ? "border-danger-line" : "border-line-strong",
      )}
    >
      <div
        className={cn(
          "flex h-9 items-center gap-1.5 rounded-t-lg px-2.5",
          far ? "h-full justify-center" : "border-b bg-sunken dark:bg-raised",
        )}
      >
        <span
          className={cn(
            "min-w-0 flex-1 truncate font-semibold",
            !far ? "text-sm" : veryFar ? "text-center text-4xl" : "text-center text-3xl",
          )}
        >
          {resource.name}
        </span>
        {problems > 0 || unread ? (
          <CircleAlert className={cn("shrink-0 text-danger-text", far ? "size-7" : "size-3.5")} aria-hidden />
        ) : null}
      </div>
      {far ? null : (
        <div className={cn(unread && "opacity-50")}>
          <Row
            icon={<KeyRound className="text-warning-text" />}
            name="id"
            word={typeWord(resource.key.type)}
            required
          />
          {resource.attributes.map((attribute) => (
            <AttributeRow
              key={attribute.name}
              attribute={attribute}
              selected={part === attribute.name}
              onSelect={() => select({ kind: "attribute", resource: resource.name, name: attribute.name })}
            />
          ))}
          {resource.relationships.map((relationship) => (
            <RelationshipRow
              key={relationship.name}
              relationship={relationship}
              selected={part === relationship.name}
              onSelect={() => select({ kind: "relationship", resource: resource.name, name: relationship.name })}
            />
          ))}
          <ComputedRows resource={resource} part={part} />
        </div>
      )}
      <ConnectionTarget />
      <Handle
        id="out"
        type="source"
        position={Position.Right}
        title={`Connect ${resource.name} to another resource`}
        className={cn(
          "top-[18px]! size-5! min-w-0! rounded-full! border! border-accent! bg-surface! opacity-0 transition-opacity duration-100",
          "flex items-center justify-center text-accent-text group-focus-within:opacity-100 group-hover:opacity-100",
          selected && "opacity-100",
        )}
      >
        <Plus className="pointer-events-none size-3" aria-hidden />
      </Handle>
    </div>
  );
});

/** While someone drags from another resource, the whole picture takes the end. */
function ConnectionTarget() {
  const connecting = useConnection((connection) => connection.inProgress);
  return (
    <Handle
      id="in"
      type="target"
      position={Position.Left}
      isConnectableStart={false}
      className={cn(
        "inset-0! h-full! w-full! transform-none! rounded-lg! border-0! bg-transparent!",
        connecting ? "pointer-events-auto! hover:bg-accent/10!" : "pointer-events-none!",
      )}
    />
  );
}

/** Under a line: what is worked out, and the way between states. */
function ComputedRows({ resource, part }: { resource: Resource; part: string | null }) {
  const { select } = useBuilderActions();
  const { name: of, calculations = [], aggregates = [], states } = resource;
  if (calculations.length === 0 && aggregates.length === 0 && !states) return null;
  return (
    <>
      <hr className="my-[3px] border-line border-t" />
      {calculations.map(({ name, type }) => (
        <Row
          key={name}
          icon={<SquareFunction className="text-faint" />}
          name={name}
          word={typeWord(type)}
          selected={part === name}
          onSelect={() => select({ kind: "calculation", resource: of, name })}
        />
      ))}
      {aggregates.map(({ name, function: word }) => (
        <Row
          key={name}
          icon={<Sigma className="text-faint" />}
          name={name}
          word={word}
          selected={part === name}
          onSelect={() => select({ kind: "aggregate", resource: of, name })}
        />
      ))}
      {states ? (
        <Row
          icon={<Workflow className="text-faint" />}
          name={states.attribute}
          word={`${states.transitions.length} ${states.transitions.length === 1 ? "transition" : "transitions"}`}
          onSelect={() => select({ kind: "resource", resource: of })}
        />
      ) : null}
    </>
  );
}

interface RowProps {
  icon: React.ReactNode;
  name: string;
  word: string;
  required?: boolean;
  unique?: boolean;
  selected?: boolean;
  onSelect?: () => void;
}

function Row({ icon, name, word, required = false, unique = false, selected = false, onSelect }: RowProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={(event) => {
        if (!onSelect) return;
        event.stopPropagation();
        onSelect();
      }}
      className={cn(
        "flex h-6 w-full cursor-pointer items-center gap-1.5 px-2.5 text-left hover:bg-hover [&_svg]:size-3 [&_svg]:shrink-0",
        selected && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">
        {name}
        {required ? (
          <span className="text-danger-text" title="required">
            {" *"}
          </span>
        ) : null}
      </span>
      {unique ? (
        <span className="rounded-sm border px-0.5 text-[10px] text-faint leading-3" title="unique">
          U
        </span>
      ) : null}
      <span className="max-w-28 truncate font-mono text-2xs text-faint">{word}</span>
    </button>
  );
}

interface PartRowProps {
  selected: boolean;
  onSelect: () => void;
}

function AttributeRow({ attribute, ...rest }: PartRowProps & { attribute: Attribute }) {
  const Icon = typeLooks[attribute.type.kind].icon;
  return (
    <Row
      icon={<Icon className="text-faint" />}
      name={attribute.name}
      word={typeWord(attribute.type)}
      required={attribute.required}
      unique={attribute.unique}
      {...rest}
    />
  );
}

const isToMany = ({ kind }: Relationship) => kind === "hasMany" || kind === "manyToMany";

const relationshipIcons = {
  belongsTo: ArrowRight,
  hasOne: CornerDownRight,
  hasMany: CornerDownRight,
  manyToMany: ChevronsLeftRight,
};

function RelationshipRow({ relationship, ...rest }: PartRowProps & { relationship: Relationship }) {
  const Icon = relationshipIcons[relationship.kind];
  return (
    <Row
      icon={<Icon className="text-accent-text" />}
      name={relationship.name}
      word={isToMany(relationship) ? `${relationship.target}[]` : relationship.target}
      required={relationship.kind === "belongsTo" && relationship.required}
      unique={relationship.kind === "belongsTo" && relationship.unique}
      {...rest}
    />
  );
}
