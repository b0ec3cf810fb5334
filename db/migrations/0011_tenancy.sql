ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "backups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "branch_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "branch_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "deployment_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "deployments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "device_logins" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "environment_secrets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "environments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_crons" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_queue" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job_waits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mails" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "organisations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "project_memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rate_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rejected_tests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "restores" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "release_switches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "rollouts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "subscriptions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "alert_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "alerts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "log_records" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "metric_points" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "api_keys" AS PERMISSIVE FOR ALL TO public USING ("api_keys"."environment_id" = any (array(select id from environments)));--> statement-breakpoint
CREATE POLICY "tenancy_select" ON "audit_entries" AS PERMISSIVE FOR SELECT TO public USING ("audit_entries"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_insert" ON "audit_entries" AS PERMISSIVE FOR INSERT TO public WITH CHECK ("audit_entries"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "backups" AS PERMISSIVE FOR ALL TO public USING ("backups"."project_id" = any (array(select id from projects)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "branch_heads" AS PERMISSIVE FOR ALL TO public USING ("branch_heads"."project_id" = any (array(select id from projects)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "branch_rules" AS PERMISSIVE FOR ALL TO public USING ("branch_rules"."project_id" = any (array(select id from projects)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "deployment_steps" AS PERMISSIVE FOR ALL TO public USING (exists (select from deployments where deployments.id = "deployment_steps"."deployment_id"));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "deployments" AS PERMISSIVE FOR ALL TO public USING ("deployments"."environment_id" = any (array(select id from environments)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "environment_secrets" AS PERMISSIVE FOR ALL TO public USING ("environment_secrets"."environment_id" = any (array(select id from environments)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "environments" AS PERMISSIVE FOR ALL TO public USING ("environments"."project_id" = any (array(select id from projects)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "imports" AS PERMISSIVE FOR ALL TO public USING ("imports"."project_id" = any (array(select id from projects)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "invitations" AS PERMISSIVE FOR ALL TO public USING ("invitations"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_insert" ON "mails" AS PERMISSIVE FOR INSERT TO public WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "memberships" AS PERMISSIVE FOR ALL TO public USING ("memberships"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "organisations" AS PERMISSIVE FOR ALL TO public USING ("organisations"."id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "project_memberships" AS PERMISSIVE FOR ALL TO public USING ("project_memberships"."project_id" = any (array(select id from projects)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "projects" AS PERMISSIVE FOR ALL TO public USING ("projects"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "rejected_tests" AS PERMISSIVE FOR ALL TO public USING ("rejected_tests"."project_id" = any (array(select id from projects)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "restores" AS PERMISSIVE FOR ALL TO public USING ("restores"."project_id" = any (array(select id from projects)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "release_switches" AS PERMISSIVE FOR ALL TO public USING ("release_switches"."environment_id" = any (array(select id from environments)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "rollouts" AS PERMISSIVE FOR ALL TO public USING ("rollouts"."environment_id" = any (array(select id from environments)));--> statement-breakpoint
CREATE POLICY "tenancy_select" ON "subscriptions" AS PERMISSIVE FOR SELECT TO public USING ("subscriptions"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "alert_rules" AS PERMISSIVE FOR ALL TO public USING ("alert_rules"."environment_id" = any (array(select id from environments)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "alerts" AS PERMISSIVE FOR ALL TO public USING (exists (select from alert_rules where alert_rules.id = "alerts"."rule_id"));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "log_records" AS PERMISSIVE FOR ALL TO public USING ("log_records"."environment_id" = any (array(select id from environments)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "metric_points" AS PERMISSIVE FOR ALL TO public USING ("metric_points"."environment_id" = any (array(select id from environments)));--> statement-breakpoint
CREATE POLICY "tenancy_all" ON "tokens" AS PERMISSIVE FOR ALL TO public USING ("tokens"."organisation_id" = (select nullif(current_setting('gantry.organisation', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenancy_select" ON "users" AS PERMISSIVE FOR SELECT TO public USING ("users"."id" = any (array(select user_id from memberships)));