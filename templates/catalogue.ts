export type TemplateId = "crm" | "inventory" | "hr";

/** An app to start from: a folder beside this file with sources, seeds and a README. */
export interface Template {
  readonly id: TemplateId;
  readonly title: string;
  readonly summary: string;
  /** How many resources it has. */
  readonly resources: number;
}

export const templates: readonly Template[] = [
  {
    id: "crm",
    title: "CRM",
    summary: "Companies, contacts and deals through a pipeline, with lines, margins, activities, tasks and teams.",
    resources: 11,
  },
  {
    id: "inventory",
    title: "Inventory",
    summary: "Products in warehouses, movements that add up, purchase orders, receipts and stock takes.",
    resources: 12,
  },
  {
    id: "hr",
    title: "HR",
    summary: "People and their managers, leave accounts and requests, reviews, documents and openings.",
    resources: 12,
  },
];
