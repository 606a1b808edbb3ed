-- Policies bind the owner of a table only when they are forced.
ALTER TABLE "api_key" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_entry" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "event_log" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "event_topic" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "example" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "idempotency_key" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tenant_mark" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Each grant is what the application does and no more. The audit log is append-only by these lines.
GRANT SELECT, INSERT, UPDATE ("last_used_at", "revoked_at") ON "api_key" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT ON "audit_entry" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("data") ON "event_log" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("last_seq") ON "event_topic" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "example" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "idempotency_key" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT ON "tenant_mark" TO "app_user";--> statement-breakpoint
-- The application may see which migrations ran, so that it can refuse a database that is behind.
GRANT USAGE ON SCHEMA "drizzle" TO "app_user";--> statement-breakpoint
GRANT SELECT ON "drizzle"."__drizzle_migrations" TO "app_user";
