CREATE TABLE "environment_secrets" (
	"environment_id" uuid NOT NULL,
	"name" text NOT NULL,
	"value_sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "environment_secrets_environment_id_name_pk" PRIMARY KEY("environment_id","name")
);
--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "mail_sealed" text;--> statement-breakpoint
ALTER TABLE "environments" ADD COLUMN "egress_allow" text[];--> statement-breakpoint
ALTER TABLE "environment_secrets" ADD CONSTRAINT "environment_secrets_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "public"."environments"("id") ON DELETE cascade ON UPDATE no action;