import type { Resource } from "../types.ts";

/** Records of a list where neither the request nor the resource says how many. */
export const usualPageSize = 50;

/** No list answers more records at once, whatever the resource says. */
export const largestPageSize = 1000;

export interface PageSizes {
  /** Of a list that does not say. */
  readonly usual: number;
  readonly most: number;
}

const standard: PageSizes = { usual: usualPageSize, most: largestPageSize };

/** How many records lists of a resource hold, on their own and where they come along with other records. */
export function pageSizes({ api }: Pick<Resource, "api">): PageSizes {
  if (api?.pageSize === undefined && api?.maxPageSize === undefined) return standard;
  const most = Math.min(api.maxPageSize ?? largestPageSize, largestPageSize);
  return { usual: Math.min(api.pageSize ?? usualPageSize, most), most };
}
