import type { AuthRoute } from "./AuthRoute.ts";
import {
  changeAccount,
  createAccount,
  deleteAccount,
  getAccount,
  listAccounts,
  rotateKeys,
  signOutAccount,
} from "./accounts.ts";
import { changeEmail, confirmEmail } from "./email.ts";
import { furtherRoutes } from "./furtherRoutes.ts";
import { acceptInvitation, invite, listInvitations, revokeInvitation } from "./invitations.ts";
import { jwks } from "./jwks.ts";
import { deleteMe, me } from "./me.ts";
import { changePassword, forgotPassword, resetPasswordRoute } from "./password.ts";
import { refresh } from "./refresh.ts";
import { endSession, listSessions, signOut, signOutEverywhere } from "./sessions.ts";
import { signIn } from "./signIn.ts";
import { confirmSignUpRoute, signUp } from "./signUp.ts";

/** All that `/auth` answers; each part of sign-in adds its own here. */
export const authRoutes: readonly AuthRoute[] = [
  signUp,
  confirmSignUpRoute,
  signIn,
  refresh,
  signOut,
  signOutEverywhere,
  me,
  deleteMe,
  changePassword,
  forgotPassword,
  resetPasswordRoute,
  changeEmail,
  confirmEmail,
  listSessions,
  endSession,
  invite,
  acceptInvitation,
  listInvitations,
  revokeInvitation,
  listAccounts,
  createAccount,
  getAccount,
  changeAccount,
  deleteAccount,
  signOutAccount,
  jwks,
  rotateKeys,
  ...furtherRoutes,
];
