import { GraphQLError } from "graphql";
import type { GraphqlApp } from "../GraphqlApp.ts";
import type { GraphqlRequest } from "../request/GraphqlRequest.ts";
import { sha256 } from "./sha256.ts";

/** The document that a request is about, sent or only named; or why there is none. Codes as Apollo's clients know them. */
export function documentText(
  { trusted, kept, limits }: GraphqlApp,
  { query, hash, documentId }: GraphqlRequest,
): string | GraphQLError {
  if (documentId !== null) return trusted.named(documentId) ?? refusal(`The app has no operation ${documentId}.`);
  if (limits.persistedOnly) {
    const text = (hash === null ? null : trusted.withHash(hash)) ?? (query === null ? null : trusted.spelled(query));
    return text ?? refusal("This app answers the operations in its sources only. Name one in `documentId`.");
  }
  if (hash === null) return query ?? refusal("There is no operation.");
  if (query === null) return trusted.withHash(hash) ?? kept.find(hash) ?? unknown();
  if (sha256(query) !== hash) return refusal("The hash is not that of the query.");
  kept.keep(hash, query);
  return query;
}

const refusal = (message: string) => new GraphQLError(message);

const unknown = () => new GraphQLError("PersistedQueryNotFound", { extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } });
