import type { Call } from "./takeSample.ts";

/** A piece of work, in each server's own words; many variants of it, so that no answer is remembered. */
export interface Work {
  readonly name: string;
  readonly gantry: readonly Call[];
  readonly fastify: readonly Call[];
  readonly postgraphile?: readonly Call[];
}

export interface DealKeys {
  readonly id: string;
  readonly company: string;
  readonly contact: string;
}

export const stages = ["lead", "qualified", "proposal", "negotiation", "won", "lost"] as const;

const get = (path: string): Call => ({ method: "GET", path });

/** The works over REST. */
export function restWorks(deals: readonly DealKeys[]): readonly Work[] {
  const list = (stage: string) =>
    `/rest/v1/deals?filter[stage][eq]=${stage}&sort=-createdAt&include=company&page[size]=20`;
  const made = deals.map(({ company, contact }, index) =>
    JSON.stringify({
      title: `Made ${index}`,
      stage: stages[index % stages.length],
      amount: (100 + index / 100).toFixed(2),
      companyId: company,
      contactId: contact,
    }),
  );
  return [
    {
      name: "R1 get by id",
      gantry: deals.map(({ id }) => get(`/rest/v1/deals/${id}`)),
      fastify: deals.map(({ id }) => get(`/deals/${id}`)),
    },
    {
      name: "R2 list of 20 with an include",
      gantry: stages.map((stage) => get(list(stage))),
      fastify: stages.map((stage) => get(`/deals?stage=${stage}`)),
    },
    {
      name: "R5 the same with a count",
      gantry: stages.map((stage) => get(`${list(stage)}&count=exact`)),
      fastify: stages.map((stage) => get(`/deals?stage=${stage}&count=1`)),
    },
    {
      name: "R4 create",
      gantry: made.map((body) => ({ method: "POST", path: "/rest/v1/deals", body })),
      fastify: made.map((body) => ({ method: "POST", path: "/deals", body })),
    },
  ];
}
