-- On a server the operator has made both with roles.sql; on the embedded database this makes them.
DO $$ BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_user') THEN
		CREATE ROLE "app_user" NOLOGIN;
	END IF;
END $$;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS vector;
