CREATE TABLE "classifier" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"model_id" text NOT NULL,
	"model_revision" text NOT NULL,
	"blob" text NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "classifier_tenant_id_name_version_pk" PRIMARY KEY("tenant_id","name","version")
);
--> statement-breakpoint
ALTER TABLE "classifier" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "classifier_tenant" ON "classifier" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "classifier_customer" ON "classifier" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);