CREATE TABLE "evaluation_metric" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"run_id" text NOT NULL,
	"metric" text NOT NULL,
	"value" double precision NOT NULL,
	"low" double precision NOT NULL,
	"high" double precision NOT NULL,
	"better" text NOT NULL,
	"rows" integer NOT NULL,
	CONSTRAINT "evaluation_metric_tenant_id_run_id_metric_pk" PRIMARY KEY("tenant_id","run_id","metric")
);
--> statement-breakpoint
ALTER TABLE "evaluation_metric" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "evaluation_run" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"suite" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"fingerprint" text NOT NULL,
	"dataset_sha256" text NOT NULL,
	"target_name" text NOT NULL,
	"target_revision" text,
	"partial" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"counts" jsonb NOT NULL,
	"headline_metric" text,
	"gates_passed" integer NOT NULL,
	"gates_failed" integer NOT NULL,
	"gates_inconclusive" integer NOT NULL,
	"compared_with" text,
	"better" integer NOT NULL,
	"worse" integer NOT NULL,
	"outcome" text NOT NULL,
	"created_by" text NOT NULL,
	"document" text NOT NULL,
	"sha256" text NOT NULL,
	"samples" integer DEFAULT 0 NOT NULL,
	"sealed_at" timestamp (3) with time zone,
	"needs_verdict" boolean DEFAULT false NOT NULL,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "evaluation_run_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "evaluation_run" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "evaluation_sample" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"run_id" text NOT NULL,
	"row_id" text NOT NULL,
	"repeat" integer NOT NULL,
	"position" integer NOT NULL,
	"errored" boolean NOT NULL,
	"slices" jsonb NOT NULL,
	"said" text NOT NULL,
	"rest" text NOT NULL,
	CONSTRAINT "evaluation_sample_tenant_id_run_id_row_id_repeat_pk" PRIMARY KEY("tenant_id","run_id","row_id","repeat")
);
--> statement-breakpoint
ALTER TABLE "evaluation_sample" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "evaluation_score" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"run_id" text NOT NULL,
	"scorer" text NOT NULL,
	"position" integer NOT NULL,
	"row_id" text NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "evaluation_score_tenant_id_run_id_scorer_position_pk" PRIMARY KEY("tenant_id","run_id","scorer","position")
);
--> statement-breakpoint
ALTER TABLE "evaluation_score" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "evaluation_verdict" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"run_id" text NOT NULL,
	"suite" text NOT NULL,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"despite" boolean NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"run_sha256" text NOT NULL,
	CONSTRAINT "evaluation_verdict_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "evaluation_verdict" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dataset_version" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"dataset" text NOT NULL,
	"sha256" text NOT NULL,
	"rows" integer NOT NULL,
	"bytes" integer NOT NULL,
	"content" text NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_version_tenant_id_dataset_sha256_pk" PRIMARY KEY("tenant_id","dataset","sha256")
);
--> statement-breakpoint
ALTER TABLE "dataset_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "labelled_row" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"dataset" text NOT NULL,
	"id" text NOT NULL,
	"origin" text NOT NULL,
	"from" jsonb NOT NULL,
	"group" text,
	"content" text NOT NULL,
	"note" text NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "labelled_row_tenant_id_dataset_id_pk" PRIMARY KEY("tenant_id","dataset","id")
);
--> statement-breakpoint
ALTER TABLE "labelled_row" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "review" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"suite" text NOT NULL,
	"rubric" jsonb NOT NULL,
	"systems" jsonb NOT NULL,
	"blind" boolean NOT NULL,
	"seed" integer NOT NULL,
	"overlap" jsonb NOT NULL,
	"items" integer NOT NULL,
	"wanted" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"revealed_at" timestamp (3) with time zone,
	CONSTRAINT "review_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "review" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "review_hand" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"review_id" text NOT NULL,
	"item_id" text NOT NULL,
	"rater" text NOT NULL,
	"rater_name" text NOT NULL,
	"state" text NOT NULL,
	"leased_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"choice" jsonb,
	"comment" text,
	CONSTRAINT "review_hand_tenant_id_review_id_item_id_rater_pk" PRIMARY KEY("tenant_id","review_id","item_id","rater")
);
--> statement-breakpoint
ALTER TABLE "review_hand" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "review_item" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"review_id" text NOT NULL,
	"id" text NOT NULL,
	"position" integer NOT NULL,
	"row_id" text NOT NULL,
	"swapped" boolean NOT NULL,
	"raters" integer NOT NULL,
	"content" text NOT NULL,
	CONSTRAINT "review_item_tenant_id_review_id_id_pk" PRIMARY KEY("tenant_id","review_id","id")
);
--> statement-breakpoint
ALTER TABLE "review_item" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "review_judgement" (
	"tenant_id" text DEFAULT nullif(current_setting('app.tenant', true), '') NOT NULL,
	"id" text NOT NULL,
	"review_id" text NOT NULL,
	"item_id" text NOT NULL,
	"rater" text NOT NULL,
	"rater_name" text NOT NULL,
	"action" text NOT NULL,
	"choice" jsonb,
	"comment" text NOT NULL,
	"leased_at" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "review_judgement_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "review_judgement" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "evaluation_run_newest" ON "evaluation_run" USING btree ("tenant_id","started_at","id");--> statement-breakpoint
CREATE INDEX "evaluation_run_regressions" ON "evaluation_run" USING btree ("tenant_id","needs_verdict","started_at","id");--> statement-breakpoint
CREATE INDEX "evaluation_run_suite" ON "evaluation_run" USING btree ("tenant_id","suite","started_at","id");--> statement-breakpoint
CREATE INDEX "evaluation_run_target" ON "evaluation_run" USING btree ("tenant_id","target_name","started_at","id");--> statement-breakpoint
CREATE INDEX "evaluation_run_decision" ON "evaluation_run" USING btree ("tenant_id","suite","decision","decided_at");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluation_sample_order" ON "evaluation_sample" USING btree ("tenant_id","run_id","position");--> statement-breakpoint
CREATE INDEX "evaluation_score_value" ON "evaluation_score" USING btree ("tenant_id","run_id","scorer","value","position");--> statement-breakpoint
CREATE INDEX "evaluation_verdict_run" ON "evaluation_verdict" USING btree ("tenant_id","run_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "labelled_row_origin" ON "labelled_row" USING btree ("tenant_id","dataset","origin");--> statement-breakpoint
CREATE UNIQUE INDEX "review_item_order" ON "review_item" USING btree ("tenant_id","review_id","position");--> statement-breakpoint
CREATE INDEX "review_judgement_review" ON "review_judgement" USING btree ("tenant_id","review_id","id");--> statement-breakpoint
CREATE POLICY "evaluation_metric_tenant" ON "evaluation_metric" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "evaluation_metric_customer" ON "evaluation_metric" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "evaluation_run_tenant" ON "evaluation_run" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "evaluation_run_customer" ON "evaluation_run" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "evaluation_sample_tenant" ON "evaluation_sample" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "evaluation_sample_customer" ON "evaluation_sample" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "evaluation_score_tenant" ON "evaluation_score" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "evaluation_score_customer" ON "evaluation_score" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "evaluation_verdict_tenant" ON "evaluation_verdict" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "evaluation_verdict_customer" ON "evaluation_verdict" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "dataset_version_tenant" ON "dataset_version" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "dataset_version_customer" ON "dataset_version" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "labelled_row_tenant" ON "labelled_row" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "labelled_row_customer" ON "labelled_row" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "review_tenant" ON "review" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "review_customer" ON "review" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "review_hand_tenant" ON "review_hand" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "review_hand_customer" ON "review_hand" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "review_item_tenant" ON "review_item" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "review_item_customer" ON "review_item" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);--> statement-breakpoint
CREATE POLICY "review_judgement_tenant" ON "review_judgement" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));--> statement-breakpoint
CREATE POLICY "review_judgement_customer" ON "review_judgement" AS RESTRICTIVE FOR ALL TO "app_user" USING (nullif(current_setting('app.customer', true), '') is null or false) WITH CHECK (nullif(current_setting('app.customer', true), '') is null or false);