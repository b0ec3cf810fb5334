CREATE TABLE "environment_holds" (
	"environment_id" uuid PRIMARY KEY NOT NULL,
	"writes" text,
	"processes" text,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "environment_holds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_days" (
	"organisation_id" uuid NOT NULL,
	"environment_id" uuid NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "usage_days_organisation_id_day_kind_environment_id_pk" PRIMARY KEY("organisation_id","day","kind","environment_id")
);
--> statement-breakpoint
ALTER TABLE "usage_days" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_minutes" (
	"environment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "usage_minutes_environment_id_kind_at_source_pk" PRIMARY KEY("environment_id","kind","at","source")
);
--> statement-breakpoint
ALTER TABLE "usage_minutes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_notices" (
	"organisation_id" uuid NOT NULL,
	"month" text NOT NULL,
	"limit" text NOT NULL,
	"level" text NOT NULL,
	"told_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "usage_notices_organisation_id_month_limit_level_pk" PRIMARY KEY("organisation_id","month","limit","level")
);
--> statement-breakpoint
ALTER TABLE "usage_notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "usage_places" (
	"environment_id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"project" text NOT NULL,
	"environment" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "usage_places" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "usage_days" ADD CONSTRAINT "usage_days_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_notices" ADD CONSTRAINT "usage_notices_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "usage_places" ADD CONSTRAINT "usage_places_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_minutes_at_index" ON "usage_minutes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "usage_places_organisation_id_index" ON "usage_places" USING btree ("organisation_id");--> statement-breakpoint
CREATE POLICY "tenancy_select" ON "usage_days" AS PERMISSIVE FOR SELECT TO public USING ("usage_days"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_select" ON "usage_notices" AS PERMISSIVE FOR SELECT TO public USING ("usage_notices"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_select" ON "usage_places" AS PERMISSIVE FOR SELECT TO public USING ("usage_places"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));