CREATE TABLE "invitation" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"hash" text NOT NULL,
	"email" text NOT NULL,
	"person_id" text,
	"roles" jsonb NOT NULL,
	"team_ids" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "invitation_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "invitation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"email_hash" text,
	"password_hash" text,
	"roles" jsonb NOT NULL,
	"team_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"availability" text DEFAULT 'available' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "person_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_session" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"hash" text NOT NULL,
	"person_id" text NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_session_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "person_session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "team" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "team" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tenant_secret" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"name" text NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_secret_tenant_id_name_pk" PRIMARY KEY("tenant_id","name")
);
--> statement-breakpoint
ALTER TABLE "tenant_secret" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "invitation_hash" ON "invitation" USING btree ("hash");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_email" ON "invitation" USING btree ("tenant_id","email");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree ("tenant_id","email");--> statement-breakpoint
CREATE INDEX "person_email_hash" ON "person" USING btree ("email_hash");--> statement-breakpoint
CREATE INDEX "person_session_hash" ON "person_session" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "person_session_person" ON "person_session" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "team_name" ON "team" USING btree ("tenant_id","name");--> statement-breakpoint
CREATE POLICY "invitation_tenant" ON "invitation" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "invitation_customer" ON "invitation" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "invitation_by_hash" ON "invitation" AS PERMISSIVE FOR SELECT TO "app_user" USING (hash = nullif(current_setting('app.key_hash', true), ''));--> statement-breakpoint
CREATE POLICY "person_tenant" ON "person" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "person_customer" ON "person" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "person_by_hash" ON "person" AS PERMISSIVE FOR SELECT TO "app_user" USING (email_hash = nullif(current_setting('app.key_hash', true), ''));--> statement-breakpoint
CREATE POLICY "person_session_tenant" ON "person_session" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "person_session_customer" ON "person_session" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "person_session_by_hash" ON "person_session" AS PERMISSIVE FOR SELECT TO "app_user" USING (hash = nullif(current_setting('app.key_hash', true), ''));--> statement-breakpoint
CREATE POLICY "team_tenant" ON "team" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "team_customer" ON "team" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "tenant_secret_tenant" ON "tenant_secret" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "tenant_secret_customer" ON "tenant_secret" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);