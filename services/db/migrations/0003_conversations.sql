CREATE TABLE "conversation" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"customer_id" text NOT NULL,
	"customer_name" text,
	"title" text NOT NULL,
	"language" text NOT NULL,
	"owner_kind" text DEFAULT 'bot' NOT NULL,
	"owner_user_id" text,
	"owner_team_id" text,
	"last_seq" bigint DEFAULT 0 NOT NULL,
	"preview" text DEFAULT '' NOT NULL,
	"last_author" text,
	"sentiment" jsonb,
	"trend" jsonb DEFAULT '[null,null,null,null]'::jsonb NOT NULL,
	"waiting_since" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "conversation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "generation" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"conversation_id" text NOT NULL,
	"message_id" text NOT NULL,
	"state" text NOT NULL,
	"fence" integer DEFAULT 1 NOT NULL,
	"heartbeat_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "generation_tenant_id_conversation_id_message_id_pk" PRIMARY KEY("tenant_id","conversation_id","message_id")
);
--> statement-breakpoint
ALTER TABLE "generation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "generation_chunk" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"conversation_id" text NOT NULL,
	"message_id" text NOT NULL,
	"seq" integer NOT NULL,
	"chunks" jsonb NOT NULL,
	CONSTRAINT "generation_chunk_tenant_id_conversation_id_message_id_seq_pk" PRIMARY KEY("tenant_id","conversation_id","message_id","seq")
);
--> statement-breakpoint
ALTER TABLE "generation_chunk" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "message" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"conversation_id" text NOT NULL,
	"id" text NOT NULL,
	"parent_id" text,
	"author" text NOT NULL,
	"author_name" text,
	"text" text NOT NULL,
	"search" "tsvector" DEFAULT ''::tsvector NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"citations" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"choices" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"sentiment" jsonb,
	"feedback" jsonb,
	"seq" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_tenant_id_conversation_id_id_pk" PRIMARY KEY("tenant_id","conversation_id","id")
);
--> statement-breakpoint
ALTER TABLE "message" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "knowledge_gap" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"question" text NOT NULL,
	"normal" text NOT NULL,
	"language" text NOT NULL,
	"conversation_id" text,
	"best_cosine" real,
	"best_title" text,
	"times" integer DEFAULT 1 NOT NULL,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "knowledge_gap_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "knowledge_gap" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "knowledge_intent" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"description" text NOT NULL,
	"examples" jsonb NOT NULL,
	"action" jsonb NOT NULL,
	CONSTRAINT "knowledge_intent_tenant_id_name_pk" PRIMARY KEY("tenant_id","name")
);
--> statement-breakpoint
ALTER TABLE "knowledge_intent" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "knowledge_passage" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"source_id" text NOT NULL,
	"position" integer NOT NULL,
	"headings" jsonb NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"embedding" vector(384) NOT NULL,
	"search" "tsvector" NOT NULL,
	CONSTRAINT "knowledge_passage_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "knowledge_passage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "knowledge_source" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"title" text NOT NULL,
	"section" text,
	"kind" text NOT NULL,
	"language" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"state" text NOT NULL,
	"problem" text,
	"passages" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "knowledge_source_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "knowledge_source" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "conversation_inbox" ON "conversation" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "conversation_customer" ON "conversation" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "generation_running" ON "generation" USING btree ("tenant_id","state","heartbeat_at");--> statement-breakpoint
CREATE INDEX "message_order" ON "message" USING btree ("tenant_id","conversation_id","seq");--> statement-breakpoint
CREATE INDEX "message_search" ON "message" USING gin ("search");--> statement-breakpoint
CREATE UNIQUE INDEX "knowledge_gap_normal" ON "knowledge_gap" USING btree ("tenant_id","normal");--> statement-breakpoint
CREATE INDEX "knowledge_passage_source" ON "knowledge_passage" USING btree ("tenant_id","source_id","position");--> statement-breakpoint
CREATE INDEX "knowledge_passage_search" ON "knowledge_passage" USING gin ("search");--> statement-breakpoint
CREATE UNIQUE INDEX "knowledge_source_name" ON "knowledge_source" USING btree ("tenant_id","name");--> statement-breakpoint
CREATE POLICY "api_key_customer" ON "api_key" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "audit_entry_customer" ON "audit_entry" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "event_log_customer" ON "event_log" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or type <> 'note-added' and exists (select 1 from conversation where topic = 'conversation/' || conversation.id)) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or type <> 'note-added' and exists (select 1 from conversation where topic = 'conversation/' || conversation.id));--> statement-breakpoint
CREATE POLICY "event_topic_customer" ON "event_topic" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or exists (select 1 from conversation where topic = 'conversation/' || conversation.id)) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or exists (select 1 from conversation where topic = 'conversation/' || conversation.id));--> statement-breakpoint
CREATE POLICY "example_customer" ON "example" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "idempotency_key_customer" ON "idempotency_key" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "tenant_mark_customer" ON "tenant_mark" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "conversation_tenant" ON "conversation" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "conversation_customer" ON "conversation" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or customer_id = nullif(current_setting('app.customer', true), '')) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or customer_id = nullif(current_setting('app.customer', true), ''));--> statement-breakpoint
CREATE POLICY "generation_tenant" ON "generation" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "generation_customer" ON "generation" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or exists (select 1 from conversation where conversation.id = conversation_id)) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or exists (select 1 from conversation where conversation.id = conversation_id));--> statement-breakpoint
CREATE POLICY "generation_chunk_tenant" ON "generation_chunk" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "generation_chunk_customer" ON "generation_chunk" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or exists (select 1 from conversation where conversation.id = conversation_id)) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or exists (select 1 from conversation where conversation.id = conversation_id));--> statement-breakpoint
CREATE POLICY "message_tenant" ON "message" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "message_customer" ON "message" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or exists (select 1 from conversation where conversation.id = conversation_id)) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or exists (select 1 from conversation where conversation.id = conversation_id));--> statement-breakpoint
CREATE POLICY "knowledge_gap_tenant" ON "knowledge_gap" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "knowledge_gap_customer" ON "knowledge_gap" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "knowledge_intent_tenant" ON "knowledge_intent" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "knowledge_intent_customer" ON "knowledge_intent" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "knowledge_passage_tenant" ON "knowledge_passage" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "knowledge_passage_customer" ON "knowledge_passage" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "knowledge_source_tenant" ON "knowledge_source" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "knowledge_source_customer" ON "knowledge_source" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);