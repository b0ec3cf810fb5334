import { AppError } from "../../errors/AppError.ts";
import { largestPageSize, usualPageSize } from "../../model/api/pageSizes.ts";
import type { EdgeMember, ListShape, Selection } from "../types.ts";

export const defaultPageSize = usualPageSize;
export const maxPageSize = largestPageSize;
/** How many relationships deep a selection, a filter or an order may reach. */
export const maxDepth = 6;
/** How many records one request may ask for, with everything that is included. */
const maxRecords = 50_000;
/** A count and a summary look at all that match and answer little: as much as so many records. */
const wholeCost = 10;
export const maxConditions = 100;
/** Operands of one `in`. */
export const maxOperands = 1000;
export const maxOrderTerms = 16;
/** Objects in one array to create. */
export const maxRows = 5000;

/** Refuses a selection or list that asks for more records than one answer may hold. */
export function checkRecords(records: number): void {
  if (records <= maxRecords) return;
  const message = `This asks for up to ${records} records, and one request may ask for ${maxRecords}. Ask for smaller pages or include less.`;
  throw new AppError("invalid_request", message);
}

/** The most records that the list can hold, with all that is included; what looks at all of them counts as some. */
export function recordsOfList({ page, output }: ListShape): number {
  if (output.kind === "array") return page.size * recordsOf(output.selection);
  let each = 0;
  let beside = 0;
  for (const member of output.members) {
    if (member.kind === "items") each += recordsOf(member.selection);
    if (member.kind === "edges") each += recordsOfEdge(member.members);
    if (member.kind === "count") beside += wholeCost;
    if (member.kind === "summary") beside += wholeCost + member.summary.size;
  }
  return Math.max(page.size * each + beside, 1);
}

function recordsOfEdge(members: readonly EdgeMember[]): number {
  const nodes = members.map((member) => (member.kind === "node" ? recordsOf(member.selection) : 0));
  return Math.max(
    nodes.reduce((sum, records) => sum + records, 0),
    1,
  );
}

/** One, and all that is included. */
export function recordsOf(selection: Selection): number {
  let records = 1;
  for (const member of selection) {
    if (member.kind === "one") records += recordsOf(member.selection);
    if (member.kind === "many") records += recordsOfList(member.list);
  }
  return records;
}
