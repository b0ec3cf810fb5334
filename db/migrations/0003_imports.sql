ALTER TABLE "imports" ALTER COLUMN "progress" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "requested_by" uuid;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "total" bigint;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "plan" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "scratch_sealed" text;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_state_index" ON "imports" USING btree ("state");--> statement-breakpoint
ALTER TABLE "imports" DROP COLUMN "scratch_database";