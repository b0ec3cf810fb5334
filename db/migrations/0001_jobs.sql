DROP TABLE "job_queue";--> statement-breakpoint
DROP TABLE "job_steps";--> statement-breakpoint
DROP TABLE "job_runs";--> statement-breakpoint
DROP TABLE "job_events";--> statement-breakpoint
CREATE TABLE "job_crons" (
	"function_id" text NOT NULL,
	"cron" text NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "job_crons_function_id_cron_pk" PRIMARY KEY("function_id","cron")
);--> statement-breakpoint
CREATE TABLE "job_events" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"event" json NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"routed_at" timestamp (3) with time zone
);--> statement-breakpoint
CREATE TABLE "job_queue" (
	"run_id" uuid NOT NULL,
	"step_id" text NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"losses" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"leased_by" text,
	"leased_until" timestamp (3) with time zone,
	"again" boolean DEFAULT false NOT NULL,
	CONSTRAINT "job_queue_run_id_step_id_pk" PRIMARY KEY("run_id","step_id")
);--> statement-breakpoint
CREATE TABLE "job_runs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"function_id" text NOT NULL,
	"event_id" text NOT NULL,
	"concurrency" json NOT NULL,
	"slots" text[] NOT NULL,
	"state" text NOT NULL,
	"output" json,
	"parent_run_id" uuid,
	"parent_step_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "job_runs_function_id_event_id_unique" UNIQUE("function_id","event_id")
);--> statement-breakpoint
CREATE TABLE "job_steps" (
	"run_id" uuid NOT NULL,
	"step_id" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"result" json NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_steps_run_id_step_id_pk" PRIMARY KEY("run_id","step_id")
);--> statement-breakpoint
CREATE TABLE "job_waits" (
	"run_id" uuid NOT NULL,
	"step_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"event" text,
	"condition" text,
	"due_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "job_waits_run_id_step_id_pk" PRIMARY KEY("run_id","step_id")
);--> statement-breakpoint
ALTER TABLE "job_queue" ADD CONSTRAINT "job_queue_run_id_job_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."job_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_steps" ADD CONSTRAINT "job_steps_run_id_job_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."job_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job_waits" ADD CONSTRAINT "job_waits_run_id_job_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."job_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_events_unrouted" ON "job_events" USING btree ("created_at") WHERE "job_events"."routed_at" is null;--> statement-breakpoint
CREATE INDEX "job_events_created_at_index" ON "job_events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "job_queue_due_at_index" ON "job_queue" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "job_runs_event_id_index" ON "job_runs" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "job_runs_unfinished" ON "job_runs" USING btree ("function_id","state") WHERE "job_runs"."state" in ('waiting', 'running', 'parked');--> statement-breakpoint
CREATE INDEX "job_runs_finished_at_index" ON "job_runs" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "job_waits_due_at_index" ON "job_waits" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "job_waits_event_index" ON "job_waits" USING btree ("event");
