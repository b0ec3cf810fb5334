CREATE TABLE "backups" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"environment_id" uuid,
	"environment_name" text NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"release" integer,
	"commit" text,
	"location" text,
	"storage" jsonb,
	"key_sealed" text,
	"bytes" bigint,
	"rows" bigint,
	"detail" text,
	"requested_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "branch_rules" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"pattern" text NOT NULL,
	"environment" text,
	"deploys" text NOT NULL,
	"concurrent" text NOT NULL,
	"copy_of" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "branch_rules_project_id_pattern_unique" UNIQUE("project_id","pattern")
);
--> statement-breakpoint
CREATE TABLE "device_logins" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"device_hash" text NOT NULL,
	"user_code" text NOT NULL,
	"name" text NOT NULL,
	"user_id" uuid,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "device_logins_device_hash_unique" UNIQUE("device_hash"),
	CONSTRAINT "device_logins_user_code_unique" UNIQUE("user_code")
);
--> statement-breakpoint
CREATE TABLE "rejected_tests" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"proposal" text NOT NULL,
	"reason" text,
	"user_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rejected_tests_project_id_proposal_unique" UNIQUE("project_id","proposal")
);
--> statement-breakpoint
CREATE TABLE "release_switches" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"environment_id" uuid NOT NULL,
	"from_release" integer,
	"to_release" integer NOT NULL,
	"kind" text NOT NULL,
	"reason" text,
	"user_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rollouts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"environment_id" uuid NOT NULL,
	"deployment_id" uuid NOT NULL,
	"baseline" integer NOT NULL,
	"strategy" jsonb NOT NULL,
	"state" text NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"step_started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"figures" jsonb,
	"reason" text,
	"decided_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "rollouts_deployment_id_unique" UNIQUE("deployment_id")
);
--> statement-breakpoint
CREATE TABLE "alert_rules" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"environment_id" uuid NOT NULL,
	"name" text NOT NULL,
	"measure" text NOT NULL,
	"threshold" double precision NOT NULL,
	"minutes" integer NOT NULL,
	"channel" text NOT NULL,
	"target" text NOT NULL,
	"secret_sealed" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"rule_id" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"value" double precision NOT NULL,
	"told_start_at" timestamp (3) with time zone,
	"told_end_at" timestamp (3) with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "log_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"environment_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"severity" text NOT NULL,
	"scope" text NOT NULL,
	"body" text NOT NULL,
	"release" integer,
	"trace_id" text,
	"attributes" jsonb
);
--> statement-breakpoint
CREATE TABLE "metric_points" (
	"environment_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"name" text NOT NULL,
	"series" text NOT NULL,
	"source" text NOT NULL,
	"attributes" jsonb NOT NULL,
	"count" bigint DEFAULT 0 NOT NULL,
	"sum" double precision DEFAULT 0 NOT NULL,
	"buckets" integer[],
	CONSTRAINT "metric_points_environment_id_name_at_series_source_pk" PRIMARY KEY("environment_id","name","at","series","source")
);
--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "branch" text;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "trigger" text DEFAULT 'hand' NOT NULL;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "strategy" jsonb;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "tests" jsonb;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "decided_by" uuid;--> statement-breakpoint
ALTER TABLE "deployments" ADD COLUMN "decided_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "kind" text DEFAULT 'lasting' NOT NULL;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "copied_from" uuid;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "strategy" jsonb;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "backups" jsonb;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "removing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "backups" ADD CONSTRAINT "backups_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backups" ADD CONSTRAINT "backups_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backups" ADD CONSTRAINT "backups_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "branch_rules" ADD CONSTRAINT "branch_rules_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_logins" ADD CONSTRAINT "device_logins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rejected_tests" ADD CONSTRAINT "rejected_tests_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rejected_tests" ADD CONSTRAINT "rejected_tests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_switches" ADD CONSTRAINT "release_switches_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "release_switches" ADD CONSTRAINT "release_switches_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollouts" ADD CONSTRAINT "rollouts_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollouts" ADD CONSTRAINT "rollouts_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rollouts" ADD CONSTRAINT "rollouts_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_rules" ADD CONSTRAINT "alert_rules_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_rule_id_alert_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."alert_rules"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_records" ADD CONSTRAINT "log_records_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_points" ADD CONSTRAINT "metric_points_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_records_environment_id_at_id_index" ON "log_records" USING btree ("environment_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "log_records_words" ON "log_records" USING gin (to_tsvector('simple', "body"));--> statement-breakpoint
CREATE INDEX "log_records_at_index" ON "log_records" USING btree ("at");--> statement-breakpoint
CREATE INDEX "metric_points_at_index" ON "metric_points" USING btree ("at");--> statement-breakpoint
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "environments" ADD CONSTRAINT "environments_copied_from_environments_id_fk" FOREIGN KEY ("copied_from") REFERENCES "public"."environments"("id") ON DELETE set null ON UPDATE no action;