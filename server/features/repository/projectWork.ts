import { SerialWork } from "./SerialWork.ts";

/** What changes a repository within this process: one thing at a time for a project. */
export const projectWork = new SerialWork();
