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
CREATE ROLE parlance_owner LOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE app_user NOLOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE parlance_app LOGIN NOSUPERUSER NOBYPASSRLS IN ROLE app_user;
GRANT CREATE, USAGE ON SCHEMA public TO parlance_owner;
DO $$ BEGIN
  EXECUTE format('GRANT CREATE ON DATABASE %I TO parlance_owner', current_database());
END $$;
