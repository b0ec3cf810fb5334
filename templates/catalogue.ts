/** An app to start from: a folder beside this file with sources, seeds and a README. */
export interface Template {
  readonly id: "crm" | "inventory" | "hr";
  readonly title: string;
  readonly summary: string;
  /** How many resources it has. */
  readonly resources: number;
}

export const templates: readonly Template[] = [
  {
    id: "crm",
    title: "CRM",
    summary: "Companies, contacts and deals through a pipeline, with products, activities and tags.",
    resources: 8,
  },
  {
    id: "inventory",
    title: "Inventory",
    summary: "Products in warehouses, stock movements, suppliers and purchase orders.",
    resources: 9,
  },
  {
    id: "hr",
    title: "HR",
    summary: "Departments and people, skills, leave, reviews, openings and applications.",
    resources: 9,
  },
];
