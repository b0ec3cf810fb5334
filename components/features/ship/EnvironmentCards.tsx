"use client";

import { ExternalLink, GitBranch } from "lucide-react";
import Link from "next/link";
import { Badge } from "#components/ui/Badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { DeploymentState } from "./DeploymentState.tsx";
import type { EnvironmentState } from "./shippedTypes.ts";

/** Of the last hour. */
export interface Traffic {
  readonly requests: number;
  readonly errors: number;
}

interface EnvironmentCardsProps {
  environments: readonly EnvironmentState[];
  /** By id of the environment. */
  traffic: ReadonlyMap<string, Traffic>;
  /** Name of the one that is shown. */
  shown: string;
  hrefOf: (name: string) => string;
}

/** All environments of a project side by side: what serves where, and what is on its way. */
export function EnvironmentCards({ environments, traffic, shown, hrefOf }: EnvironmentCardsProps) {
  return (
    <ul aria-label="Environments" className="grid grid-cols-1 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(18rem,1fr))]">
      {environments.map((environment) => (
        <li key={environment.id} className="min-w-0">
          <OneEnvironment
            environment={environment}
            traffic={traffic.get(environment.id)}
            isShown={environment.name === shown}
            href={hrefOf(environment.name)}
          />
        </li>
      ))}
    </ul>
  );
}

interface OneEnvironmentProps {
  environment: EnvironmentState;
  traffic: Traffic | undefined;
  isShown: boolean;
  href: string;
}

function OneEnvironment({ environment, traffic, isShown, href }: OneEnvironmentProps) {
  const { name, branch, kind, release, url, live, current, waiting, isRemoved } = environment;
  return (
    <article
      className={cn(
        "relative flex h-full min-w-0 flex-col gap-2 rounded-lg border bg-surface p-3 shadow-xs hover:border-line-strong",
        isShown && "border-accent-line ring-1 ring-accent-line",
      )}
    >
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <h2 className="min-w-0 truncate font-semibold text-sm">
          <Link
            href={href}
            scroll={false}
            {...(isShown ? { "aria-current": "true" } : {})}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:ring-2 focus-visible:after:ring-accent"
          >
            {name}
          </Link>
        </h2>
        {kind === "preview" ? <Badge>Preview</Badge> : null}
        <span className="ml-auto flex gap-1.5">
          {isRemoved ? <Badge tone="warning">Being removed</Badge> : null}
          {release === null ? (
            <Badge>Not deployed</Badge>
          ) : (
            <Badge tone="success" dot>
              Release {release} live
            </Badge>
          )}
        </span>
      </div>
      <p className="flex min-w-0 items-center gap-1.5 text-muted text-xs">
        <GitBranch className="size-3.5 shrink-0" aria-hidden />
        <span className="truncate">{branch}</span>
        {live ? (
          <>
            <code className="shrink-0 font-mono text-faint">{live.commit.slice(0, 8)}</code>
            <span className="min-w-0 truncate text-faint">{live.message}</span>
          </>
        ) : null}
      </p>
      {current ? (
        <p className="flex flex-wrap items-center gap-1.5 text-xs">
          <DeploymentState state={current.state} />
          <span className="text-muted">
            release {current.release}
            {waiting > 0 ? `, ${waiting} behind it` : ""}
          </span>
        </p>
      ) : null}
      {traffic && traffic.requests > 0 ? (
        <p className="text-muted text-xs tabular-nums">
          {counted(traffic.requests, "request")} in the last hour
          {traffic.errors > 0 ? (
            <span className="text-danger-text">, {counted(traffic.errors, "error")}</span>
          ) : (
            ", no errors"
          )}
        </p>
      ) : null}
      <p className="mt-auto flex min-w-0 items-center gap-2 text-faint text-xs">
        {live ? (
          <span className="min-w-0 truncate">
            <RelativeTime at={live.finishedAt ?? live.createdAt} /> by {live.requestedBy ?? "someone who left"}
          </span>
        ) : (
          <span>Nothing was deployed yet.</span>
        )}
        {release === null ? null : (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-label={`Open ${name}`}
            className="relative z-10 ml-auto shrink-0 rounded-sm p-1 hover:text-ink [&_svg]:size-3.5"
          >
            <ExternalLink aria-hidden />
          </a>
        )}
      </p>
    </article>
  );
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : `${noun}s`}`;
}
