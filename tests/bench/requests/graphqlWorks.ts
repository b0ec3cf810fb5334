import type { Call } from "./takeSample.ts";
import { type DealKeys, stages, type Work } from "./works.ts";

const ours = {
  one: "query ($id: ID!) { deal(id: $id) { id title stage amount createdAt companyId contactId } }",
  list: `query ($stage: DealStage!) {
  deals(first: 20, filter: { stage: { eq: $stage } }, orderBy: [{ createdAt: DESC }]) {
    nodes { id title stage amount createdAt companyId contactId company { id name city createdAt } }
  }
}`,
  nested: `query ($city: String!) {
  companies(first: 20, filter: { city: { eq: $city } }, orderBy: [{ name: ASC }]) {
    nodes {
      name
      contacts(first: 5, orderBy: [{ lastName: ASC }]) { nodes { firstName lastName email } }
      deals(first: 5, orderBy: [{ createdAt: DESC }]) { nodes { title amount tags { nodes { name } } } }
    }
  }
}`,
};

const theirs = {
  one: "query ($id: UUID!) { dealByRowId(rowId: $id) { rowId title stage amount createdAt companyId contactId } }",
  list: `query ($stage: String!) {
  allDeals(first: 20, condition: { stage: $stage }, orderBy: CREATED_AT_DESC) {
    nodes { rowId title stage amount createdAt companyId contactId companyByCompanyId { rowId name city createdAt } }
  }
}`,
  nested: `query ($city: String!) {
  allCompanies(first: 20, condition: { city: $city }, orderBy: NAME_ASC) {
    nodes {
      name
      contactsByCompanyId(first: 5, orderBy: LAST_NAME_ASC) { nodes { firstName lastName email } }
      dealsByCompanyId(first: 5, orderBy: CREATED_AT_DESC) {
        nodes { title amount dealTagsByDealId { nodes { tagByTagId { name } } } }
      }
    }
  }
}`,
};

const cities = Array.from({ length: 100 }, (_, city) => `City ${String(city).padStart(2, "0")}`);

/** The works as GraphQL asks for them, beside the hand-written server's REST and PostGraphile's GraphQL. */
export function graphqlWorks(deals: readonly DealKeys[]): readonly Work[] {
  return [
    {
      name: "G1 get by id",
      gantry: deals.map(({ id }) => asked(ours.one, { id })),
      fastify: deals.map(({ id }) => ({ method: "GET", path: `/deals/${id}` })),
      postgraphile: deals.map(({ id }) => asked(theirs.one, { id })),
    },
    {
      name: "G2 list of 20 with an include",
      gantry: stages.map((stage) => asked(ours.list, { stage })),
      fastify: stages.map((stage) => ({ method: "GET", path: `/deals?stage=${stage}` })),
      postgraphile: stages.map((stage) => asked(theirs.list, { stage })),
    },
    {
      name: "G3 20 companies, two lists each, tags",
      gantry: cities.map((city) => asked(ours.nested, { city })),
      fastify: cities.map((city) => ({ method: "GET", path: `/companies?city=${encodeURIComponent(city)}` })),
      postgraphile: cities.map((city) => asked(theirs.nested, { city })),
    },
  ];
}

function asked(query: string, variables: object): Call {
  return { method: "POST", path: "/graphql", body: JSON.stringify({ query, variables }) };
}
