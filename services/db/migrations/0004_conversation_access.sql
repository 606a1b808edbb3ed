ALTER TABLE "conversation" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "message" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "generation" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "generation_chunk" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "knowledge_source" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "knowledge_passage" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "knowledge_intent" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "knowledge_gap" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What was said is never deleted and its author, order and place never change.
GRANT SELECT, INSERT, UPDATE ON "conversation" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("text", "search", "state", "outcome", "citations", "choices", "sentiment", "feedback", "seq") ON "message" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("state", "fence", "heartbeat_at", "ended_at") ON "generation" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "generation_chunk" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "knowledge_source" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "knowledge_passage" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "knowledge_intent" TO "app_user";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "knowledge_gap" TO "app_user";
