-- ── When customers are reminded, and of what ─────────────────────────────────────────────────────────────────────────

CREATE TABLE "reminder_settings" (
    "organization_id" UUID NOT NULL,
    "is_scheduled" BOOLEAN NOT NULL DEFAULT false,
    "local_hour" INTEGER NOT NULL DEFAULT 8,
    "tolerance" DECIMAL(19,4) NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "reminder_settings_pkey" PRIMARY KEY ("organization_id")
);
ALTER TABLE "reminder_settings"
  ADD CONSTRAINT reminder_settings_hour CHECK (local_hour BETWEEN 0 AND 23),
  ADD CONSTRAINT reminder_settings_tolerance_not_negative CHECK (tolerance >= 0);

-- Days after the due day; below zero: before it.
CREATE TABLE "reminder_level" (
    "organization_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "days_after_due" INTEGER NOT NULL,

    CONSTRAINT "reminder_level_pkey" PRIMARY KEY ("organization_id","level")
);
CREATE UNIQUE INDEX "reminder_level_organization_id_days_after_due_key" ON "reminder_level" ("organization_id", "days_after_due");
ALTER TABLE "reminder_level"
  ADD CONSTRAINT reminder_level_counts_from_one CHECK (level BETWEEN 1 AND 9),
  ADD CONSTRAINT reminder_level_days CHECK (days_after_due BETWEEN -30 AND 365),
  ADD CONSTRAINT reminder_level_not_empty CHECK (name <> '');

-- Somebody wants nobody reminded: of one invoice, of one customer, or at all. It stays in the list after it has ended.
CREATE TABLE "reminder_stop" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID,
    "invoice_id" UUID,
    "reason" TEXT NOT NULL,
    "stopped_by" TEXT NOT NULL,
    "stopped_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "reminder_stop_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "reminder_stop_organization_id_customer_id_idx" ON "reminder_stop" ("organization_id", "customer_id");
CREATE INDEX "reminder_stop_organization_id_invoice_id_idx" ON "reminder_stop" ("organization_id", "invoice_id");
CREATE UNIQUE INDEX reminder_stop_one_of_invoice ON reminder_stop (organization_id, invoice_id) WHERE ended_at IS NULL AND invoice_id IS NOT NULL;
CREATE UNIQUE INDEX reminder_stop_one_of_customer ON reminder_stop (organization_id, customer_id) WHERE ended_at IS NULL AND customer_id IS NOT NULL;
CREATE UNIQUE INDEX reminder_stop_one_of_all ON reminder_stop (organization_id)
  WHERE ended_at IS NULL AND customer_id IS NULL AND invoice_id IS NULL;
ALTER TABLE "reminder_stop"
  ADD CONSTRAINT "reminder_stop_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "reminder_stop_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT reminder_stop_of_one_thing CHECK (customer_id IS NULL OR invoice_id IS NULL),
  ADD CONSTRAINT reminder_stop_reason_not_empty CHECK (reason <> ''),
  ADD CONSTRAINT reminder_stop_ended_whole CHECK ((ended_by IS NULL) = (ended_at IS NULL));
CREATE FUNCTION keep_reminder_stop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR
      (NEW.customer_id, NEW.invoice_id, NEW.reason, NEW.stopped_by, NEW.stopped_at) IS DISTINCT FROM
      (OLD.customer_id, OLD.invoice_id, OLD.reason, OLD.stopped_by, OLD.stopped_at) THEN
    RAISE EXCEPTION 'who stopped reminders and why does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_reminder_stop BEFORE UPDATE OR DELETE ON reminder_stop FOR EACH ROW EXECUTE FUNCTION keep_reminder_stop();

-- ── Reminders: one mail to a customer about all that is overdue ──────────────────────────────────────────────────────

CREATE TABLE "reminder" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "operation_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "reminded_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "reminder_organization_id_delivery_id_key" ON "reminder" ("organization_id", "delivery_id");
CREATE INDEX "reminder_organization_id_operation_id_customer_id_idx" ON "reminder" ("organization_id", "operation_id", "customer_id");
ALTER TABLE "reminder"
  ADD CONSTRAINT "reminder_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "reminder_organization_id_delivery_id_fkey" FOREIGN KEY ("organization_id", "delivery_id")
    REFERENCES "delivery" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "reminder_organization_id_operation_id_fkey" FOREIGN KEY ("organization_id", "operation_id")
    REFERENCES "operation" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- Of a mail that did not go out the level is free again: is_live is false then.
CREATE TABLE "reminder_item" (
    "organization_id" UUID NOT NULL,
    "reminder_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "due_amount" DECIMAL(19,4) NOT NULL,
    "days_overdue" INTEGER NOT NULL,
    "is_live" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "reminder_item_pkey" PRIMARY KEY ("organization_id","reminder_id","invoice_id")
);
CREATE INDEX "reminder_item_organization_id_invoice_id_idx" ON "reminder_item" ("organization_id", "invoice_id");
CREATE UNIQUE INDEX reminder_item_level_once ON reminder_item (organization_id, invoice_id, level) WHERE is_live;
ALTER TABLE "reminder_item"
  ADD CONSTRAINT "reminder_item_organization_id_reminder_id_fkey" FOREIGN KEY ("organization_id", "reminder_id")
    REFERENCES "reminder" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "reminder_item_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT reminder_item_due CHECK (due_amount > 0);
-- A reminder is never changed; only that it did not go out is said of its items.
CREATE FUNCTION keep_reminder_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NOT OLD.is_live OR to_jsonb(OLD) - 'is_live' <> to_jsonb(NEW) - 'is_live' THEN
    RAISE EXCEPTION 'what a customer was reminded of does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_reminder_item BEFORE UPDATE OR DELETE ON reminder_item FOR EACH ROW EXECUTE FUNCTION keep_reminder_item();

SELECT secure_table(name) FROM unnest(ARRAY['reminder_settings', 'reminder_level', 'reminder_stop', 'reminder', 'reminder_item']) AS name;
REVOKE UPDATE, DELETE, TRUNCATE ON reminder FROM billgrid_app;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON reminder FOR EACH ROW EXECUTE FUNCTION insert_only();
