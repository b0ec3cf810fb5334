ALTER TABLE "api_keys" ADD COLUMN "roles" text[];--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "act_as" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "tester" boolean DEFAULT false NOT NULL;