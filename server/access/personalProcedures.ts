/** How a procedure that is of no organisation may be called. */
interface PersonalRequirement {
  /** `anyone`: also by nobody; `person`: signed in or by a token; `session`: signed in in a browser, never by a token. */
  readonly by: "anyone" | "person" | "session";
}

/** Every procedure that names no organisation, by its path; a test holds the list complete. */
export const personalProcedures: Readonly<Record<string, PersonalRequirement>> = {
  "accounts.me": { by: "anyone" },
  "accounts.signUp": { by: "anyone" },
  "devices.start": { by: "anyone" },
  "devices.poll": { by: "anyone" },
  "devices.find": { by: "session" },
  "devices.decide": { by: "session" },
  "organisations.create": { by: "session" },
  "organisations.list": { by: "person" },
  "tokens.list": { by: "person" },
  "tokens.create": { by: "session" },
  "tokens.revoke": { by: "person" },
};
