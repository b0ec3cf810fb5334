import { sql } from "drizzle-orm";
import { timestamp, uuid } from "drizzle-orm/pg-core";

/** The primary key that every table has: time-ordered, made by the database. */
export const id = () => uuid("id").primaryKey().default(sql`uuidv7()`);

/** A moment with time zone, read as a Date. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const createdAt = () => moment("created_at").notNull().defaultNow();
