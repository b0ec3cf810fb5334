import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "./columns.ts";
import { organisations } from "./organisations.ts";
import { ofOrganisation } from "./tenancy.ts";
import { users } from "./users.ts";

/** By which an organisation's directory keeps its people here, by SCIM 2.0; one each. */
export const directories = pgTable(
  "directories",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .unique()
      .references(() => organisations.id, { onDelete: "cascade" }),
    /** First characters, to know it by. */
    tokenPrefix: text("token_prefix").notNull(),
    /** Hex SHA-256. */
    tokenHash: text("token_hash").notNull().unique(),
    tokenCreatedAt: moment("token_created_at").notNull().defaultNow(),
    lastUsedAt: moment("last_used_at"),
    createdAt: createdAt(),
  },
  (table) => ofOrganisation(table.organisationId),
);

/** Somebody as the directory knows them; their account and membership follow it. */
export const directoryUsers = pgTable(
  "directory_users",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userName: text("user_name").notNull(),
    externalId: text("external_id"),
    /** Their address as the directory has it, lower-cased. */
    email: text("email").notNull(),
    active: boolean("active").notNull().default(true),
    /** The rest of what it said, by the names of RFC 7643. */
    attributes: jsonb("attributes").$type<Record<string, unknown>>().notNull().default({}),
    /** What they were before the directory took them over; where no rule fits they are that again. */
    formerRole: text("former_role", { enum: ["owner", "admin", "developer", "analyst", "viewer", "billing"] }),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    changedAt: moment("changed_at").notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.organisationId, table.userId),
    uniqueIndex("directory_users_name").on(table.organisationId, sql`lower(${table.userName})`),
    index().on(table.organisationId, table.externalId),
    ...ofOrganisation(table.organisationId),
  ],
);

export const directoryGroups = pgTable(
  "directory_groups",
  {
    id: id(),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
    displayName: text("display_name").notNull(),
    externalId: text("external_id"),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    changedAt: moment("changed_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("directory_groups_name").on(table.organisationId, sql`lower(${table.displayName})`),
    ...ofOrganisation(table.organisationId),
  ],
);

export const directoryGroupMembers = pgTable(
  "directory_group_members",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => directoryGroups.id, { onDelete: "cascade" }),
    directoryUserId: uuid("directory_user_id")
      .notNull()
      .references(() => directoryUsers.id, { onDelete: "cascade" }),
    organisationId: uuid("organisation_id")
      .notNull()
      .references(() => organisations.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.directoryUserId] }),
    index().on(table.directoryUserId),
    ...ofOrganisation(table.organisationId),
  ],
);
