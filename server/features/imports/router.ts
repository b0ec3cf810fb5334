import { projectProcedure, router } from "../../trpc/init.ts";
import { importStatus } from "./service.ts";

export const importsRouter = router({
  /** Asked again and again while the import runs. */
  get: projectProcedure.query(({ ctx }) => importStatus(ctx.db, ctx.project.id)),
});
