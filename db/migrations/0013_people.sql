CREATE TABLE "organisation_exports" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"organisation_id" uuid NOT NULL,
	"state" text NOT NULL,
	"detail" text,
	"rows" bigint,
	"bytes" bigint,
	"requested_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "organisation_exports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_checkpoints" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_intents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_streams" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "directories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "directory_group_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "directory_groups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "directory_users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "joining_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sso_attempts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sso_seen_assertions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sso_connections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sso_identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sso_domains" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD COLUMN "at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "link_shown" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation_exports" ADD CONSTRAINT "organisation_exports_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation_exports" ADD CONSTRAINT "organisation_exports_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "tenancy_select" ON "audit_checkpoints" AS PERMISSIVE FOR SELECT TO public USING ("audit_checkpoints"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_select" ON "audit_entries" AS PERMISSIVE FOR SELECT TO public USING ("audit_entries"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_insert" ON "audit_entries" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("audit_entries"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "audit_heads" AS PERMISSIVE FOR ALL TO public USING ("audit_heads"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "audit_streams" AS PERMISSIVE FOR ALL TO public USING ("audit_streams"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "directories" AS PERMISSIVE FOR ALL TO public USING ("directories"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "directory_group_members" AS PERMISSIVE FOR ALL TO public USING ("directory_group_members"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "directory_groups" AS PERMISSIVE FOR ALL TO public USING ("directory_groups"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "directory_users" AS PERMISSIVE FOR ALL TO public USING ("directory_users"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "joining_rules" AS PERMISSIVE FOR ALL TO public USING ("joining_rules"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "sso_attempts" AS PERMISSIVE FOR ALL TO public USING ("sso_attempts"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "sso_connections" AS PERMISSIVE FOR ALL TO public USING ("sso_connections"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "sso_identities" AS PERMISSIVE FOR ALL TO public USING ("sso_identities"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "sso_domains" AS PERMISSIVE FOR ALL TO public USING ("sso_domains"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "organisation_exports" AS PERMISSIVE FOR ALL TO public USING ("organisation_exports"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));