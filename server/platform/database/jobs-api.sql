-- The queue belongs to billgrid_jobs. The application puts jobs into it, within its own transaction, through these
-- functions alone. Applied at every start, as billgrid_jobs.

CREATE SCHEMA IF NOT EXISTS jobs_api;

-- A job with a key replaces the one that waits under the same key.
CREATE OR REPLACE FUNCTION jobs_api.enqueue(
  task text,
  payload json,
  job_key text DEFAULT NULL,
  run_at timestamptz DEFAULT NULL
) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT id FROM graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key) $$;

-- A job for each element of the array: 5,000 of them take about as long as fifty single ones.
CREATE OR REPLACE FUNCTION jobs_api.enqueue_many(task text, payloads json) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
    SELECT count(*)
    FROM graphile_worker.add_jobs(ARRAY(
      SELECT ROW(task, payload, NULL, NULL, NULL, NULL, NULL, NULL)::graphile_worker.job_spec
      FROM json_array_elements(payloads) AS payload
    ))
  $$;

REVOKE ALL ON FUNCTION jobs_api.enqueue(text, json, text, timestamptz), jobs_api.enqueue_many(text, json) FROM PUBLIC;
GRANT USAGE ON SCHEMA jobs_api TO billgrid_app;
GRANT EXECUTE ON FUNCTION jobs_api.enqueue(text, json, text, timestamptz), jobs_api.enqueue_many(text, json)
  TO billgrid_app;
