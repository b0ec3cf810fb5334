ALTER TABLE "device_logins" ADD COLUMN "vouched_by" uuid;--> statement-breakpoint
ALTER TABLE "tokens" ADD COLUMN "vouched_by" uuid;