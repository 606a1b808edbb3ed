ALTER TABLE "classifier" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- A version never changes: its weights and what was measured of them belong together.
GRANT SELECT, INSERT, DELETE ON "classifier" TO "app_user";
