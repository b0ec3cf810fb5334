import type { Origin } from "../originLabels.ts";

export type TemplateId = "crm" | "inventory" | "hr";

/** What the form holds; parts of an origin that is not chosen are kept, so that going back loses nothing. */
export interface Draft {
  readonly name: string;
  readonly origin: Origin;
  readonly template: TemplateId;
  readonly source: "dump" | "connection";
  readonly dump: File | null;
  readonly url: string;
  readonly withRows: boolean;
}

export const emptyDraft: Draft = {
  name: "",
  origin: "import",
  template: "crm",
  source: "dump",
  dump: null,
  url: "",
  withRows: true,
};

/** Largest dump that is taken, in bytes. */
const maxDumpSize = 100 * 1024 * 1024;

/** What is still missing of where the project comes from, said to the person; null when it can be created. */
export function sourceComplaint(draft: Draft): string | null {
  if (draft.origin !== "import") return null;
  if (draft.source === "connection") {
    return /^postgres(ql)?:\/\/\S+/.test(draft.url.trim()) ? null : "Give a connection string.";
  }
  if (draft.dump === null) return "Choose a dump.";
  return draft.dump.size > maxDumpSize ? "The dump is larger than 100 MB. Import by connection string instead." : null;
}
