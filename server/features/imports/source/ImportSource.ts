import { z } from "zod";

/** Where the database comes from. */
export const importSource = z.union([
  z.object({ kind: z.literal("connection"), url: z.string() }),
  /** A file that the requesting person sent; it is removed at the end. */
  z.object({ kind: z.literal("dump"), uploadId: z.string() }),
  /** A file on this machine, named by the installation itself; it is left where it is. */
  z.object({ kind: z.literal("dump"), path: z.string() }),
]);

export type ImportSource = z.infer<typeof importSource>;
