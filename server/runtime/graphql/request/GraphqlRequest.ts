/** One GraphQL request, whatever way it came in. */
export interface GraphqlRequest {
  /** The document; null where the request only names one. */
  readonly query: string | null;
  /** SHA-256 of the document in hex: Apollo's automatic persisted queries. */
  readonly hash: string | null;
  /** Name or hash of one of the app's own operations. */
  readonly documentId: string | null;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}
