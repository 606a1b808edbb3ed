CREATE TABLE "batch_job" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"state" text NOT NULL,
	"problem" text,
	"task" text NOT NULL,
	"model" text,
	"order" jsonb NOT NULL,
	"blob" text NOT NULL,
	"rows_total" integer NOT NULL,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"rows_failed" integer DEFAULT 0 NOT NULL,
	"rows_per_second" real,
	"usage" jsonb NOT NULL,
	"ran_on" jsonb,
	"fence" bigint DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "batch_job_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "batch_job" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "batch_part" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"batch_id" text NOT NULL,
	"first_row" integer NOT NULL,
	"rows" integer NOT NULL,
	"failed" integer NOT NULL,
	"blob" text NOT NULL,
	CONSTRAINT "batch_part_tenant_id_batch_id_first_row_pk" PRIMARY KEY("tenant_id","batch_id","first_row")
);
--> statement-breakpoint
ALTER TABLE "batch_part" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "batch_job_state" ON "batch_job" USING btree ("tenant_id","state","id");--> statement-breakpoint
CREATE POLICY "batch_job_tenant" ON "batch_job" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "batch_job_customer" ON "batch_job" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "batch_part_tenant" ON "batch_part" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "batch_part_customer" ON "batch_part" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);