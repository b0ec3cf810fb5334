import type { InngestFunction } from "inngest";

/** Every Inngest function of the features, by which `/api/inngest` serves them. */
export const functions: readonly InngestFunction.Like[] = [];
