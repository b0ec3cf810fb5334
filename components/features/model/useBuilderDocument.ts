"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import type { BuilderPort } from "#components/builder/BuilderPort.ts";
import type { TesterSession } from "#components/builder/policies/tester/TesterSession.ts";
import { defaultPlace } from "#components/shell/place.ts";
import { useAccess } from "#components/shell/useAccess.ts";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC, useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import type { ProjectScope } from "../ProjectScope.ts";

/** Milliseconds that a key of the tester must still be good for. */
const testerMargin = 60_000;

/** How often an open document looks whether somebody else has saved. */
const headInterval = 10_000;

/**
 * The model of a project on the chosen branch as a document to edit: what it is now, what others saved, and how it is
 * saved. What is unsaved is kept for each branch.
 */
export function useBuilderDocument({ organisation, project }: ProjectScope) {
  const trpc = useTRPC();
  const { branch, environment } = usePlace();
  const scope = useMemo(() => ({ organisation, project, branch }), [organisation, project, branch]);
  // The builder asks for newer files itself, when it can show them.
  const model = useQuery(
    trpc.model.get.queryOptions(scope, {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnMount: "always",
      refetchOnReconnect: false,
    }),
  );
  const head = useQuery(
    trpc.model.head.queryOptions(scope, {
      enabled: model.isSuccess,
      staleTime: headInterval / 2,
      refetchInterval: headInterval,
      refetchOnWindowFocus: "always",
    }),
  );
  const layoutKey = `${organisation}/${project}`;
  return {
    model,
    /** Null until it is loaded: what a screen before has left may be older than what was saved there. */
    revision: (model.isFetchedAfterMount && model.data) || null,
    head: head.data ?? null,
    port: usePort(scope, environment),
    storageKey: branch === defaultPlace.branch ? layoutKey : `${layoutKey}@${branch}`,
    layoutKey,
  };
}

interface BranchScope extends ProjectScope {
  readonly branch: string;
}

function usePort(scope: BranchScope, environment: string): BuilderPort {
  const trpc = useTRPC();
  const { whyNot } = useAccess();
  const whyNotSave = whyNot("model.write");
  const client = useTRPCClient();
  const queries = useQueryClient();
  const remember = useCallback(
    async (work: () => Promise<void>) => {
      // A look at the branch that is on its way would tell of the past.
      await queries.cancelQueries({ queryKey: trpc.model.head.queryKey(scope) });
      await work();
    },
    [queries, trpc, scope],
  );
  const tester = useRef<{ readonly session: TesterSession; readonly expires: number } | null>(null);
  return useMemo(
    () => ({
      whyNotSave,
      async openTester() {
        const { organisation, project } = scope;
        const place = { organisation, project, environment };
        const { release } = await client.deployments.environment.query(place).catch(refuse);
        if (release === null) return null;
        const known = tester.current;
        if (
          known?.session.release === release &&
          known.session.environment === environment &&
          known.expires > Date.now() + testerMargin
        )
          return known.session;
        const opened = await client.deployments.keys.tester.mutate(place).catch(refuse);
        const { model, url, apiKey, expiresAt } = opened;
        if (!model || opened.release === null) return null;
        const session = { environment, url, apiKey, model, release: opened.release };
        tester.current = { session, expires: expiresAt?.getTime() ?? 0 };
        return session;
      },
      async save({ base, files, message }) {
        const result = await client.model.save
          .mutate({ ...scope, base, files: { ...files }, ...(message === undefined ? {} : { message }) })
          .catch(refuse);
        await remember(async () => {
          queries.setQueryData(
            trpc.model.head.queryKey(scope),
            result.status === "saved" ? result.saved : result.theirs,
          );
        });
        return result;
      },
      async load() {
        return await client.model.get.query(scope).catch(refuse);
      },
    }),
    [client, queries, trpc, scope, environment, remember, whyNotSave],
  );
}

function refuse(error: unknown): never {
  const { message, fields } = apiError(error);
  const [first] = fields;
  throw new Error(first ? `${message} ${first.message}` : message, { cause: error });
}
