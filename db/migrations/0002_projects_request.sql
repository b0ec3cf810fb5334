ALTER TABLE "projects" ADD COLUMN "request_id" uuid;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_organisation_id_request_id_unique" UNIQUE("organisation_id","request_id");