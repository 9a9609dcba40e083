-- What the application may do, before any table exists: a table that a migration creates in "public" is usable at
-- once, and a migration may take something away for good (REVOKE UPDATE, DELETE ON journal_entry FROM billgrid_app).
-- Applied at every start, by the owner of the database; says the same every time.

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO billgrid_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO billgrid_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO billgrid_app;

-- A partition is not protected by the policies of its parent. Nobody is granted this schema: rows are reached through
-- the parent, or not at all.
CREATE SCHEMA IF NOT EXISTS usage_partitions;
