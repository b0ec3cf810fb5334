import type { BenchRequest } from "./works.ts";

interface DealKeys {
  readonly id: string;
}

const one = "query ($id: ID!) { deal(id: $id) { id title stage amount createdAt companyId contactId } }";
const list = `query ($stage: DealStage!) {
  deals(first: 20, filter: { stage: { eq: $stage } }, orderBy: [{ createdAt: DESC }]) {
    nodes { id title stage amount createdAt companyId contactId company { id name city createdAt } }
  }
}`;
const nested = `query ($city: String!) {
  companies(first: 20, filter: { city: { eq: $city } }, orderBy: [{ name: ASC }]) {
    nodes {
      name
      contacts(first: 5, orderBy: [{ lastName: ASC }]) { nodes { firstName lastName email } }
      deals(first: 5, orderBy: [{ createdAt: DESC }]) { nodes { title amount tags { nodes { name } } } }
    }
  }
}`;

const stages = ["lead", "qualified", "proposal", "negotiation", "won", "lost"];
const cities = Array.from({ length: 100 }, (_, city) => `City ${String(city).padStart(2, "0")}`);

/** A request by POST on our side; the other side is asked by GET and without a body. */
export interface GraphqlRequest extends BenchRequest {
  readonly rivalMethod: "GET";
  readonly body: string;
}

export interface GraphqlWork {
  readonly name: string;
  readonly requests: readonly GraphqlRequest[];
}

/** The works of the REST bench as GraphQL asks for them, beside the hand-written server's REST; and the nested one. */
export function graphqlWorks(deals: readonly DealKeys[]): readonly GraphqlWork[] {
  return [
    {
      name: "GraphQL: get by id",
      requests: deals.map(({ id }) => asked(one, { id }, `/deals/${id}`)),
    },
    {
      name: "GraphQL: list of 20 with an include",
      requests: stages.map((stage) => asked(list, { stage }, `/deals?stage=${stage}`)),
    },
    {
      name: "GraphQL: 20 companies with two lists and tags",
      requests: cities.map((city) => asked(nested, { city }, `/companies?city=${encodeURIComponent(city)}`)),
    },
  ];
}

function asked(query: string, variables: object, rival: string): GraphqlRequest {
  const body = JSON.stringify({ query, variables });
  return { method: "POST", gantry: "/graphql", rival, rivalMethod: "GET", body };
}
