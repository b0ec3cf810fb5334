CREATE TABLE "api_requests" (
	"token_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"worked_on_until" timestamp (3) with time zone NOT NULL,
	"status" integer,
	"headers" jsonb DEFAULT '{}' NOT NULL,
	"body_sealed" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_requests_token_id_key_pk" PRIMARY KEY("token_id","key")
);
--> statement-breakpoint
ALTER TABLE "api_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_requests" ADD CONSTRAINT "api_requests_token_id_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."tokens"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_requests_created_at_index" ON "api_requests" USING btree ("created_at");