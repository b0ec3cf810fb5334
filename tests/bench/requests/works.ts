/** One request, spelled for each side. */
export interface BenchRequest {
  readonly method: "GET" | "POST";
  readonly gantry: string;
  readonly rival: string;
  readonly body?: string;
}

export interface Work {
  readonly name: string;
  readonly requests: readonly BenchRequest[];
}

interface DealKeys {
  readonly id: string;
  readonly company: string;
  readonly contact: string;
}

const stages = ["lead", "qualified", "proposal", "negotiation", "won", "lost"];

/** The same questions for both sides; many variants of each, so that no answer is remembered. */
export function works(deals: readonly DealKeys[]): readonly Work[] {
  const list = "filter[stage][eq]=%s&sort=-createdAt&include=company&page[size]=20";
  return [
    {
      name: "get by id",
      requests: deals.map(({ id }) => ({ method: "GET", gantry: `/rest/v1/deals/${id}`, rival: `/deals/${id}` })),
    },
    {
      name: "list of 20 with an include",
      requests: stages.map((stage) => ({
        method: "GET",
        gantry: `/rest/v1/deals?${list.replace("%s", stage)}`,
        rival: `/deals?stage=${stage}`,
      })),
    },
    {
      name: "the same with a count",
      requests: stages.map((stage) => ({
        method: "GET",
        gantry: `/rest/v1/deals?${list.replace("%s", stage)}&count=exact`,
        rival: `/deals?stage=${stage}&count=1`,
      })),
    },
    {
      name: "create",
      requests: deals.map(({ company, contact }, index) => ({
        method: "POST",
        gantry: "/rest/v1/deals",
        rival: "/deals",
        body: JSON.stringify({
          title: `Made ${index}`,
          stage: stages[index % stages.length],
          amount: (100 + index / 100).toFixed(2),
          companyId: company,
          contactId: contact,
        }),
      })),
    },
  ];
}
