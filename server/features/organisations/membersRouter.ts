import { z } from "zod";
import { projectRoles, roles } from "#lib/access/roles.ts";
import { organisationProcedure, projectProcedure, router } from "../../trpc/init.ts";
import { requireFeature } from "../plans/service.ts";
import { changeRole, removeMember } from "./changeMembers.ts";
import { lastSeenOf, listMembers } from "./listMembers.ts";
import { changeProjectRole, peopleOfProject, projectsSeenBy } from "./projectRoles.ts";

export const membersRouter = router({
  /**
   * Owners first, each with their roles in those projects that whoever asks sees. `lastSeenAt` is told to those who
   * manage members, where it is known.
   */
  list: organisationProcedure.query(async ({ ctx }) => {
    const { id: organisationId } = ctx.organisation;
    const seen = await projectsSeenBy(ctx.db, { organisationId, userId: ctx.user.id, general: ctx.access.role });
    const members = await listMembers(
      ctx.db,
      organisationId,
      seen.map(({ id }) => id),
    );
    // Sessions are of persons and not of an organisation.
    const lastSeen = ctx.access.may("members.manage")
      ? await lastSeenOf(
          ctx.system,
          members.map(({ userId }) => userId),
        )
      : new Map<string, Date>();
    return members.map((member) => ({
      ...member,
      lastSeenAt: lastSeen.get(member.userId) ?? null,
      isYou: member.userId === ctx.user.id,
    }));
  }),

  /** `{role}`: what they are now. */
  setRole: organisationProcedure
    .input(z.object({ userId: z.uuid(), role: z.enum(roles) }))
    .mutation(async ({ ctx, input }) => {
      const { userId, role } = input;
      const deed = { organisationId: ctx.organisation.id, actorId: ctx.user.id, userId, role };
      const { member, before } = await changeRole(ctx.db, deed);
      if (before === role) ctx.audit({ unchanged: true });
      ctx.audit({ target: `member ${member.email}`, before: { role: before }, after: { role } });
      return { role: member.role };
    }),

  /** What they made stays. */
  remove: organisationProcedure.input(z.object({ userId: z.uuid() })).mutation(async ({ ctx, input }) => {
    const deed = { organisationId: ctx.organisation.id, actorId: ctx.user.id, userId: input.userId };
    const { email, role } = await removeMember(ctx.db, deed);
    ctx.audit({ target: `member ${email}`, before: { role } });
    return { email };
  }),

  /** Everybody of the organisation with what they are in the project; `role` is null for whom it is hidden. */
  ofProject: projectProcedure.query(async ({ ctx }) => await peopleOfProject(ctx.db, ctx.project)),

  /** `role` null takes back what they were there instead. */
  setProjectRole: projectProcedure
    .input(z.object({ userId: z.uuid(), role: z.enum(projectRoles).nullable() }))
    .mutation(async ({ ctx, input }) => {
      const { userId, role } = input;
      // To take another role away again goes with every plan.
      if (role !== null) await requireFeature(ctx.db, ctx.organisation.id, "projectRoles");
      const deed = { project: ctx.project, actorId: ctx.user.id, userId, role };
      const { email, before } = await changeProjectRole(ctx.db, deed);
      ctx.audit({
        target: `member ${email} in project ${ctx.project.slug}`,
        before: { role: before },
        after: { role },
      });
      return { role };
    }),
});
