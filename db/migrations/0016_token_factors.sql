ALTER TABLE "device_logins" ADD COLUMN "second_factor" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "second_factor" boolean DEFAULT true NOT NULL;