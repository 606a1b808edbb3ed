CREATE TABLE "knowledge_phrase" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"passage_id" text NOT NULL,
	"position" integer NOT NULL,
	"source_id" text NOT NULL,
	"text" text NOT NULL,
	"embedding" vector(384) NOT NULL,
	CONSTRAINT "knowledge_phrase_tenant_id_passage_id_position_pk" PRIMARY KEY("tenant_id","passage_id","position")
);
--> statement-breakpoint
ALTER TABLE "knowledge_phrase" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "knowledge_phrase_source" ON "knowledge_phrase" USING btree ("tenant_id","source_id");--> statement-breakpoint
CREATE POLICY "knowledge_phrase_tenant" ON "knowledge_phrase" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "knowledge_phrase_customer" ON "knowledge_phrase" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);