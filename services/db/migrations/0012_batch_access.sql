ALTER TABLE "batch_job" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "batch_part" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What was asked for never changes while it is carried out, and neither do results.
GRANT SELECT, INSERT, DELETE, UPDATE ("state", "problem", "rows_done", "rows_failed", "rows_per_second", "usage", "ran_on", "fence", "lease_until", "started_at", "ended_at") ON "batch_job" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "batch_part" TO "app_user";
