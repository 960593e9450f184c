-- The two roles of the database, and the database itself: run by psql as the administrator, as often as one likes.
-- EIER_PASSORD and APP_PASSORD come from the environment (tjenere.env); DATABASENAVN too, where it is not tok.
\set ON_ERROR_STOP on
\getenv eier_passord EIER_PASSORD
\getenv app_passord APP_PASSORD
\if :{?eier_passord}
\else
  \warn 'Miljøvariabelen EIER_PASSORD mangler; se docs/drift.md.'
  SELECT 1/0 AS mangler;
\endif
\if :{?app_passord}
\else
  \warn 'Miljøvariabelen APP_PASSORD mangler; se docs/drift.md.'
  SELECT 1/0 AS mangler;
\endif
\set database tok
\getenv database DATABASENAVN

SELECT 'CREATE ROLE tok_eier' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tok_eier') \gexec
SELECT 'CREATE ROLE tok_app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tok_app') \gexec
SET log_statement = 'none';
ALTER ROLE tok_eier LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'eier_passord';
ALTER ROLE tok_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_passord';

SELECT format('CREATE DATABASE %I OWNER tok_eier TEMPLATE template0 ENCODING ''UTF8''', :'database')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
\connect :"database"
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO tok_app;
ALTER SCHEMA public OWNER TO tok_eier;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tok_app;
