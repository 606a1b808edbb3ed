ALTER TABLE "evaluation_run" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evaluation_metric" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evaluation_sample" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evaluation_score" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evaluation_verdict" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "review" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "review_item" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "review_hand" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "review_judgement" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "labelled_row" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "dataset_version" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What was measured, signed, judged or frozen never changes: of a run only its sealing and the verdict that counts do.
GRANT SELECT, INSERT, UPDATE ("samples", "sealed_at", "needs_verdict", "decision", "decided_by", "decided_at"), DELETE ON "evaluation_run" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "evaluation_metric" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "evaluation_sample" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "evaluation_score" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT ON "evaluation_verdict" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("closed_at", "revealed_at") ON "review" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT ON "review_item" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("rater_name", "state", "leased_at", "until", "choice", "comment") ON "review_hand" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT ON "review_judgement" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "labelled_row" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT ON "dataset_version" TO "app_user";
