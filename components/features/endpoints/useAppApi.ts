"use client";

import { useCallback, useRef } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";

/** Milliseconds that a key must still be good for. */
const margin = 60_000;

interface Session {
  readonly url: string;
  readonly apiKey: string;
  readonly expires: number;
}

/** What a screen may tell of a call that failed. */
export class AppCallError extends Error {
  readonly fields: readonly { readonly field: string; readonly message: string }[];
  /** Nothing is live, or it has not what was asked for. */
  readonly isMissing: boolean;

  constructor(message: string, fields: AppCallError["fields"] = [], isMissing = false) {
    super(message);
    this.fields = fields;
    this.isMissing = isMissing;
  }
}

export type AppCall = <Result>(method: string, path: string, body?: object) => Promise<Result>;

/** Calls the live app's own API from the browser, with a key of a few minutes. */
export function useAppApi({ organisation, project, environment }: EnvironmentScope): AppCall {
  const client = useTRPCClient();
  const session = useRef<Promise<Session> | null>(null);
  return useCallback(
    async <Result>(method: string, path: string, body?: object) => {
      const open = async (): Promise<Session> => {
        const opened = await client.deployments.keys.tester
          .mutate({ organisation, project, environment })
          .catch((error: unknown) => {
            throw new AppCallError(apiError(error).message);
          });
        if (opened.release === null) throw new AppCallError("Nothing is live yet. Deploy the app first.", [], true);
        return { url: opened.url, apiKey: opened.apiKey, expires: opened.expiresAt?.getTime() ?? 0 };
      };
      const known = await session.current?.catch(() => null);
      if (!known || known.expires < Date.now() + margin) session.current = open();
      const { url, apiKey } = (await session.current) ?? (await open());
      return (await request(`${url}${path}`, { method, apiKey, ...(body && { body }) })) as Result;
    },
    [client, organisation, project, environment],
  );
}

interface AppRequest {
  readonly method: string;
  readonly apiKey: string;
  readonly body?: object;
}

async function request(url: string, { method, apiKey, body }: AppRequest): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new AppCallError("The app cannot be reached. Check the connection and try again.");
  });
  const text = await response.text();
  const answer: unknown = text === "" ? null : JSON.parse(text);
  if (response.ok) return answer;
  const problem = answer as { detail?: string; title?: string; errors?: AppCallError["fields"] } | null;
  const message = problem?.detail ?? problem?.title ?? "The app did not take that.";
  throw new AppCallError(message, problem?.errors ?? [], response.status === 404);
}
