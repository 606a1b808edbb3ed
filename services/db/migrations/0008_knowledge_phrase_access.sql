ALTER TABLE "knowledge_phrase" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "knowledge_phrase" TO "app_user";
