-- Run once by a superuser, in the database that Parlance will use:
--
--   createdb parlance && psql -d parlance -f services/db/roles.sql
--   psql -d parlance -c '\password parlance_owner' -c '\password parlance_app'
--
-- Then start the service with
--
--   DATABASE_URL=postgres://parlance_app:…@host/parlance          what it works with
--   DATABASE_OWNER_URL=postgres://parlance_owner:…@host/parlance  what it migrates with
--
-- parlance_owner owns the tables. parlance_app owns nothing and cannot become a role that does: for an owner, a
-- superuser or a role with BYPASSRLS row-level security would be void, so Parlance refuses to start as one.
CREATE EXTENSION IF NOT EXISTS vector;
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'parlance_owner') THEN
    CREATE ROLE parlance_owner LOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_user') THEN
    CREATE ROLE app_user NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'parlance_app') THEN
    CREATE ROLE parlance_app LOGIN NOSUPERUSER NOBYPASSRLS IN ROLE app_user;
  END IF;
  EXECUTE format('GRANT CREATE ON DATABASE %I TO parlance_owner', current_database());
END $$;
GRANT CREATE, USAGE ON SCHEMA public TO parlance_owner;
