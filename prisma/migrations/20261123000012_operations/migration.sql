-- What holds for all subjects of an operation, such as why they are voided.
ALTER TABLE operation ADD COLUMN "parameters" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE operation ADD CONSTRAINT operation_parameters_object CHECK (jsonb_typeof(parameters) = 'object');
-- What failed is tried again by one operation, however often that is asked for; if it fails again, that one is retried.
CREATE UNIQUE INDEX operation_retried_once ON operation (organization_id, retries_operation_id) WHERE retries_operation_id IS NOT NULL;
