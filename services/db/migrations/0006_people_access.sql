ALTER TABLE "person" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_session" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "invitation" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "team" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tenant_secret" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- People are disabled, never removed; whose sign-in or invitation it is, and what a tenant signs with, never changes.
GRANT SELECT, INSERT, UPDATE ("name", "password_hash", "roles", "team_ids", "availability", "disabled_at") ON "person" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("last_used_at"), DELETE ON "person_session" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "invitation" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("name"), DELETE ON "team" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT ON "tenant_secret" TO "app_user";
