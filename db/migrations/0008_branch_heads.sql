CREATE TABLE "branch_heads" (
	"project_id" uuid NOT NULL,
	"branch" text NOT NULL,
	"commit" text NOT NULL,
	"note" text,
	"followed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "branch_heads_project_id_branch_pk" PRIMARY KEY("project_id","branch")
);
--> statement-breakpoint
ALTER TABLE "branch_heads" ADD CONSTRAINT "branch_heads_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;