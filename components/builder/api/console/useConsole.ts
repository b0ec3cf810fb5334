"use client";

import { useEffect, useRef, useState } from "react";
import { actAsHeader } from "../../policies/tester/actAsHeader.ts";
import { actAs } from "../../policies/tester/TesterActor.ts";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import type { Asker } from "./AskerCard.tsx";
import type { ConsoleAnswer, ConsoleRequest } from "./ConsoleRequest.ts";
import { failureText } from "./failureText.ts";
import type { GraphqlDraft } from "./GraphqlForm.tsx";
import { graphqlOperations } from "./graphqlOperations.ts";
import type { RestDraft } from "./RestForm.tsx";
import { type KeptRequest, keepHistory, readHistory, withRequest } from "./requestHistory.ts";
import { restOperations } from "./restOperations.ts";
import { sendRequest } from "./sendRequest.ts";

interface ConsoleOptions {
  readonly session: TesterSession;
  readonly asker: Asker;
  readonly storageKey: string;
}

/** The state of a console: what is written, what came back, what was sent before. */
export function useConsole({ session, asker, storageKey }: ConsoleOptions) {
  const { url, model } = session;
  const [protocol, setProtocol] = useState<"rest" | "graphql">("rest");
  const [rest, setRest] = useState(() => firstRest(session));
  const [graphql, setGraphql] = useState(() => firstGraphql(session));
  const [answer, setAnswer] = useState<ConsoleAnswer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [variablesError, setVariablesError] = useState<string | null>(null);
  const [history, setHistory] = useState<readonly KeptRequest[]>([]);
  const [pending, setPending] = useState<AbortController | null>(null);
  const busy = useRef(false);
  useEffect(() => setHistory(readHistory(window.localStorage, storageKey)), [storageKey]);

  const headers = {
    authorization: `Bearer ${session.apiKey}`,
    ...(asker.kind === "actor" ? { "gantry-act-as": actAsHeader(actAs(asker.actor, model)) } : {}),
    "content-type": "application/json",
  };
  const variables = variablesOf(graphql.variables);
  const request: ConsoleRequest =
    protocol === "rest"
      ? { method: rest.method, path: rest.path, body: rest.body, headers }
      : { method: "POST", path: "/graphql", body: graphqlBody(graphql.query, variables), headers };

  const send = async () => {
    if (busy.current) return;
    if (protocol === "graphql" && variables === null) {
      setVariablesError('Variables are an object of JSON, such as { "id": "…" }.');
      return;
    }
    setVariablesError(null);
    busy.current = true;
    const abort = new AbortController();
    setPending(abort);
    const came = await sendRequest(url, request, abort.signal).catch((error: unknown) => failureText(error, model));
    busy.current = false;
    setPending(null);
    const isAnswer = typeof came !== "string";
    setAnswer(isAnswer ? came : null);
    setFailure(isAnswer ? null : came);
    const { method, path, body } = request;
    const kept: KeptRequest = {
      protocol,
      method,
      path,
      body: method === "GET" ? "" : body,
      at: new Date().toISOString(),
      status: isAnswer ? came.status : null,
      milliseconds: isAnswer ? came.milliseconds : null,
    };
    setHistory((old) => {
      const next = withRequest(old, kept);
      keepHistory(window.localStorage, storageKey, next);
      return next;
    });
  };

  return {
    protocol,
    setProtocol,
    rest,
    setRest,
    graphql,
    setGraphql,
    request,
    variablesError,
    answer,
    failure,
    history,
    pending: pending !== null,
    send: () => void send(),
    cancel: () => pending?.abort(),
    recall: (kept: KeptRequest) => {
      setProtocol(kept.protocol);
      if (kept.protocol === "rest") {
        setRest((old) => ({ ...old, method: kept.method, path: kept.path, body: kept.body }));
      } else setGraphql((old) => ({ ...old, ...graphqlParts(kept.body) }));
    },
    forget: () => {
      setHistory([]);
      keepHistory(window.localStorage, storageKey, []);
    },
  };
}

function firstRest({ model }: TesterSession): RestDraft {
  for (const resource of model.resources) {
    const [first] = restOperations(model, resource);
    if (first) return { resource: resource.name, method: first.method, path: first.path, body: first.body };
  }
  return { resource: "", method: "GET", path: "/rest/v1/", body: "" };
}

function firstGraphql({ model }: TesterSession): GraphqlDraft {
  for (const resource of model.resources) {
    const [first] = graphqlOperations(model, resource);
    if (first) return { resource: resource.name, query: first.query, variables: first.variables };
  }
  return { resource: "", query: "{ __typename }", variables: "" };
}

/** Null where the text is no object of JSON. */
function variablesOf(text: string): Readonly<Record<string, unknown>> | null {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function graphqlBody(query: string, variables: Readonly<Record<string, unknown>> | null): string {
  const given = variables && Object.keys(variables).length > 0 ? { variables } : {};
  return JSON.stringify({ query, ...given });
}

/** A body that was sent, as it was written. */
function graphqlParts(body: string): Pick<GraphqlDraft, "query" | "variables"> {
  try {
    const { query = "", variables } = JSON.parse(body) as { readonly query?: string; readonly variables?: unknown };
    return { query, variables: variables === undefined ? "" : JSON.stringify(variables, null, 2) };
  } catch {
    return { query: "", variables: "" };
  }
}
