import type { Routes } from "./servedRoutes.ts";

/** Of every resource. Written anew by `npm run routes`. */
export const routes: readonly Routes[] = [];
