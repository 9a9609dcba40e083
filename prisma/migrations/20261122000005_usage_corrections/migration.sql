-- Usage that is corrected or voided. An event lies where its days are counted, in its present version; every version of
-- an event that was ever changed, the first one too, stays on record.

ALTER TABLE "usage_event" ADD COLUMN "recorded_by" TEXT;
ALTER TABLE "usage_event_key"
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "is_voided" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "usage_event_version" (
    "organization_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "occurred_on" DATE NOT NULL,
    "alias" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "properties" JSONB NOT NULL,
    "is_voided" BOOLEAN NOT NULL,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_by" TEXT,

    CONSTRAINT "usage_event_version_pkey" PRIMARY KEY ("organization_id","event_id","revision")
);
SELECT secure_table('usage_event_version');
ALTER TABLE "usage_event_version" ADD CONSTRAINT usage_event_version_revision_positive CHECK (revision > 0);
REVOKE UPDATE, DELETE, TRUNCATE ON usage_event_version FROM billgrid_app;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON usage_event_version FOR EACH ROW EXECUTE FUNCTION insert_only();

-- ── What an event was, and what it becomes, has to be in the history ────────────────────────────────────────────────
-- Looked at when the statement is over, so that one statement may write the history and change the event.

DROP TRIGGER insert_only ON usage_event;
GRANT UPDATE (occurred_on, alias, event_type, occurred_at, properties, recorded_at, recorded_by), DELETE
  ON usage_event TO billgrid_app;

CREATE FUNCTION keep_usage_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  lost text;
BEGIN
  -- Looked up event by event: a join may read the history of all that was ever corrected.
  SELECT event.event_id INTO lost FROM touched AS event
  LEFT JOIN LATERAL (
    SELECT true AS is_kept FROM usage_event_version AS version
    WHERE version.organization_id = event.organization_id AND version.event_id = event.event_id
      AND (version.occurred_on, version.alias, version.event_type, version.occurred_at, version.properties)
        = (event.occurred_on, event.alias, event.event_type, event.occurred_at, event.properties)
    LIMIT 1) AS history ON true
  WHERE history.is_kept IS NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'usage event % is not in the history and cannot be changed', lost USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_usage_history_before AFTER UPDATE ON usage_event REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_history();
CREATE TRIGGER keep_usage_history_after AFTER UPDATE ON usage_event REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_history();
CREATE TRIGGER keep_usage_history_delete AFTER DELETE ON usage_event REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_history();

-- A key stays for ever and goes from one version to the next.
DROP TRIGGER insert_only ON usage_event_key;
CREATE TRIGGER insert_only BEFORE DELETE ON usage_event_key FOR EACH ROW EXECUTE FUNCTION insert_only();
GRANT UPDATE (occurred_on, content_hash, revision, is_voided) ON usage_event_key TO billgrid_app;

CREATE FUNCTION keep_usage_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken text;
BEGIN
  SELECT now_known.event_id INTO broken FROM now_known
  LEFT JOIN was_known ON was_known.organization_id = now_known.organization_id AND was_known.event_id = now_known.event_id
    AND was_known.revision = now_known.revision - 1
  LEFT JOIN LATERAL (
    SELECT true AS is_kept FROM usage_event_version AS version
    WHERE version.organization_id = now_known.organization_id AND version.event_id = now_known.event_id
      AND version.revision = now_known.revision
      AND (version.occurred_on, version.is_voided) = (now_known.occurred_on, now_known.is_voided)
    OFFSET 0) AS history ON true
  WHERE was_known.event_id IS NULL OR history.is_kept IS NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'usage event % has no such version', broken USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_usage_revision AFTER UPDATE ON usage_event_key REFERENCING OLD TABLE AS was_known NEW TABLE AS now_known
  FOR EACH STATEMENT EXECUTE FUNCTION keep_usage_revision();

-- A day is taken with nothing in it before it is counted; one that ends with nothing is removed.
ALTER TABLE usage_day
  DROP CONSTRAINT usage_day_not_empty,
  ADD CONSTRAINT usage_day_count_not_negative CHECK (event_count >= 0);
