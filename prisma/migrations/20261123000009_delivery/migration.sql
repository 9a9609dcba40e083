-- ── What mails say, and how they leave ───────────────────────────────────────────────────────────────────────────────

CREATE TABLE "mail_template" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "level" INTEGER NOT NULL DEFAULT 0,
    "language" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "mail_template_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "mail_template_organization_id_purpose_level_language_key" ON "mail_template" ("organization_id", "purpose", "level", "language");
ALTER TABLE "mail_template"
  ADD CONSTRAINT mail_template_purpose_known CHECK (purpose IN ('invoice', 'credit_note', 'reminder')),
  -- Reminders have a text for each level.
  ADD CONSTRAINT mail_template_level_of_reminder CHECK ((purpose = 'reminder') = (level > 0)),
  ADD CONSTRAINT mail_template_not_empty CHECK (subject <> '' AND text <> '');

CREATE TABLE "delivery_settings" (
    "organization_id" UUID NOT NULL,
    "attaches_usage" BOOLEAN NOT NULL DEFAULT false,
    "mails_zero_totals" BOOLEAN NOT NULL DEFAULT false,
    "mails_per_minute" INTEGER,
    "bounce_secret_hash" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "delivery_settings_pkey" PRIMARY KEY ("organization_id")
);
ALTER TABLE "delivery_settings"
  ADD CONSTRAINT delivery_settings_pace CHECK (mails_per_minute BETWEEN 1 AND 10000);

-- Goes with every invoice, such as terms of business.
CREATE TABLE "mail_attachment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "added_by" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "mail_attachment_pkey" PRIMARY KEY ("organization_id","id")
);
ALTER TABLE "mail_attachment" ADD CONSTRAINT mail_attachment_not_empty CHECK (file_name <> '' AND octet_length(content) > 0);

-- Whom an invoice's mail addresses and whom it copies in; null: by who is primary.
ALTER TABLE customer_contact
  ADD COLUMN "role" TEXT,
  ADD CONSTRAINT customer_contact_role_known CHECK (role IN ('to', 'cc', 'none'));

-- ── Mails to customers: noted before anything leaves the house, with what became of them ─────────────────────────────

CREATE TABLE "delivery" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "invoice_id" UUID,
    "message_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "attachments" JSONB NOT NULL DEFAULT '[]',
    "reason" TEXT,
    "status" TEXT NOT NULL,
    "claimed_by" TEXT,
    "failure" TEXT,
    "requested_by" TEXT NOT NULL,
    "queued_at" TIMESTAMPTZ(6) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(6),
    "sent_at" TIMESTAMPTZ(6),
    "resolved_by" TEXT,
    "resolved_at" TIMESTAMPTZ(6),
    "resolution" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE UNIQUE INDEX "delivery_organization_id_message_id_key" ON "delivery" ("organization_id", "message_id");
CREATE INDEX "delivery_organization_id_invoice_id_idx" ON "delivery" ("organization_id", "invoice_id");
-- An invoice is under way once at a time, and is sent for the first time once.
CREATE UNIQUE INDEX delivery_one_first ON delivery (organization_id, invoice_id) WHERE purpose = 'invoice' AND status <> 'failed';
CREATE INDEX delivery_waiting ON delivery (organization_id, status) WHERE status NOT IN ('sent', 'failed');
ALTER TABLE "delivery"
  ADD CONSTRAINT "delivery_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "delivery_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT delivery_purpose_known CHECK (purpose IN ('invoice', 'resend', 'test', 'reminder')),
  ADD CONSTRAINT delivery_status_known CHECK (status IN ('queued', 'sending', 'deferred', 'sent', 'failed', 'uncertain')),
  ADD CONSTRAINT delivery_of_invoice CHECK ((purpose = 'reminder') = (invoice_id IS NULL)),
  ADD CONSTRAINT delivery_again_for_a_reason CHECK (purpose <> 'resend' OR reason IS NOT NULL),
  ADD CONSTRAINT delivery_claimed_while_sending CHECK ((status = 'sending') = (claimed_by IS NOT NULL)),
  ADD CONSTRAINT delivery_sent_when CHECK ((status = 'sent') = (sent_at IS NOT NULL)),
  ADD CONSTRAINT delivery_failed_why CHECK (status <> 'failed' OR failure IS NOT NULL),
  ADD CONSTRAINT delivery_resolved_whole CHECK ((resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (resolution IS NULL));

CREATE TABLE "delivery_recipient" (
    "organization_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "detail" TEXT,

    CONSTRAINT "delivery_recipient_pkey" PRIMARY KEY ("organization_id","delivery_id","ordinal")
) WITH (fillfactor = 75);
ALTER TABLE "delivery_recipient"
  ADD CONSTRAINT "delivery_recipient_organization_id_delivery_id_fkey" FOREIGN KEY ("organization_id", "delivery_id")
    REFERENCES "delivery" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT delivery_recipient_kind_known CHECK (kind IN ('to', 'cc')),
  ADD CONSTRAINT delivery_recipient_status_known CHECK (status IN ('pending', 'accepted', 'refused', 'bounced', 'left_out'));

-- began_at is the world's time, by which the pace is kept.
CREATE TABLE "delivery_attempt" (
    "organization_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "began_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "detail" TEXT,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("organization_id","delivery_id","ordinal")
) WITH (fillfactor = 75);
CREATE INDEX "delivery_attempt_organization_id_began_at_idx" ON "delivery_attempt" ("organization_id", "began_at");
ALTER TABLE "delivery_attempt"
  ADD CONSTRAINT "delivery_attempt_organization_id_delivery_id_fkey" FOREIGN KEY ("organization_id", "delivery_id")
    REFERENCES "delivery" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT delivery_attempt_counts_from_one CHECK (ordinal > 0),
  ADD CONSTRAINT delivery_attempt_outcome_known CHECK (outcome IN ('sent', 'temporary', 'permanent', 'uncertain', 'interrupted')),
  ADD CONSTRAINT delivery_attempt_ended_whole CHECK ((ended_at IS NULL) = (outcome IS NULL));

-- What a mail says and to whom it went does not change, and what became of it stands.
CREATE FUNCTION keep_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.status IN ('sent', 'failed') OR
      (NEW.purpose, NEW.customer_id, NEW.invoice_id, NEW.message_id, NEW.subject, NEW.text, NEW.html, NEW.attachments, NEW.reason, NEW.queued_at)
      IS DISTINCT FROM
      (OLD.purpose, OLD.customer_id, OLD.invoice_id, OLD.message_id, OLD.subject, OLD.text, OLD.html, OLD.attachments, OLD.reason, OLD.queued_at) THEN
    RAISE EXCEPTION 'the delivery % does not change', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION keep_delivery_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL OR NEW.began_at <> OLD.began_at THEN
    RAISE EXCEPTION 'an attempt that has ended does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- What was sent before deliveries were kept: its text is not known.
ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice_mail NO FORCE ROW LEVEL SECURITY;
INSERT INTO delivery (organization_id, id, purpose, customer_id, invoice_id, message_id, subject, text, html, status, failure, requested_by, queued_at, sent_at)
SELECT mail.organization_id, gen_random_uuid(), 'invoice', invoice.customer_id, mail.invoice_id, mail.message_id, invoice.number, '', '',
  CASE mail.status WHEN 'queued' THEN 'uncertain' ELSE mail.status END,
  CASE mail.status WHEN 'failed' THEN coalesce(mail.error, 'It was not sent.') WHEN 'queued' THEN 'It was under way when deliveries began to be kept.' ELSE mail.error END,
  'Billgrid', mail.queued_at, mail.sent_at
FROM invoice_mail AS mail JOIN invoice ON invoice.organization_id = mail.organization_id AND invoice.id = mail.invoice_id;
INSERT INTO delivery_recipient (organization_id, delivery_id, ordinal, kind, name, email, status)
SELECT delivery.organization_id, delivery.id, recipient.ordinal, CASE recipient.ordinal WHEN 1 THEN 'to' ELSE 'cc' END, '', recipient.email,
  CASE mail.status WHEN 'sent' THEN 'accepted' ELSE 'pending' END
FROM invoice_mail AS mail JOIN delivery ON delivery.organization_id = mail.organization_id AND delivery.message_id = mail.message_id
CROSS JOIN LATERAL unnest(mail.recipients) WITH ORDINALITY AS recipient (email, ordinal);
INSERT INTO delivery_attempt (organization_id, delivery_id, ordinal, began_at, ended_at, outcome)
SELECT delivery.organization_id, delivery.id, attempt, mail.queued_at, coalesce(mail.sent_at, mail.queued_at),
  CASE WHEN attempt < mail.attempts THEN 'temporary' WHEN mail.status = 'sent' THEN 'sent' WHEN mail.status = 'failed' THEN 'permanent' ELSE 'uncertain' END
FROM invoice_mail AS mail JOIN delivery ON delivery.organization_id = mail.organization_id AND delivery.message_id = mail.message_id
CROSS JOIN LATERAL generate_series(1, mail.attempts) AS attempt;
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
DROP TABLE invoice_mail;

CREATE TRIGGER keep_delivery BEFORE UPDATE OR DELETE ON delivery FOR EACH ROW EXECUTE FUNCTION keep_delivery();
CREATE TRIGGER keep_delivery_attempt BEFORE UPDATE OR DELETE ON delivery_attempt FOR EACH ROW EXECUTE FUNCTION keep_delivery_attempt();

-- ── Mails that came back ─────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "mail_bounce" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "delivery_id" UUID,
    "email" TEXT NOT NULL,
    "is_permanent" BOOLEAN NOT NULL,
    "status_code" TEXT,
    "detail" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "reported_by" TEXT NOT NULL,
    "bounced_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "mail_bounce_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "mail_bounce_organization_id_delivery_id_idx" ON "mail_bounce" ("organization_id", "delivery_id");
CREATE INDEX "mail_bounce_organization_id_email_idx" ON "mail_bounce" ("organization_id", "email");
ALTER TABLE "mail_bounce"
  ADD CONSTRAINT "mail_bounce_organization_id_delivery_id_fkey" FOREIGN KEY ("organization_id", "delivery_id")
    REFERENCES "delivery" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT mail_bounce_source_known CHECK (source IN ('api', 'status_notification')),
  ADD CONSTRAINT mail_bounce_email_lower CHECK (email = lower(email) AND email <> '');

-- Addresses that mails come back from; nothing is sent to them until somebody says that they work again.
CREATE TABLE "bounced_address" (
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "bounce_id" UUID NOT NULL,

    CONSTRAINT "bounced_address_pkey" PRIMARY KEY ("organization_id","email")
);
ALTER TABLE "bounced_address"
  ADD CONSTRAINT "bounced_address_organization_id_bounce_id_fkey" FOREIGN KEY ("organization_id", "bounce_id")
    REFERENCES "mail_bounce" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- ── Links to the page of an invoice, for people without an account ───────────────────────────────────────────────────

CREATE TABLE "invoice_link" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "invoice_link_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE UNIQUE INDEX "invoice_link_organization_id_token_hash_key" ON "invoice_link" ("organization_id", "token_hash");
CREATE INDEX "invoice_link_organization_id_invoice_id_idx" ON "invoice_link" ("organization_id", "invoice_id");
ALTER TABLE "invoice_link"
  ADD CONSTRAINT "invoice_link_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT invoice_link_purpose_known CHECK (purpose IN ('customer', 'staff'));

-- recorded_at is the world's time, by which too many requests are told; viewed_at is the organization's.
CREATE TABLE "invoice_view" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "visitor" TEXT NOT NULL,
    "viewed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ip" TEXT,
    "browser" TEXT,

    CONSTRAINT "invoice_view_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "invoice_view_organization_id_link_id_recorded_at_idx" ON "invoice_view" ("organization_id", "link_id", "recorded_at");
ALTER TABLE "invoice_view"
  ADD CONSTRAINT "invoice_view_organization_id_link_id_fkey" FOREIGN KEY ("organization_id", "link_id")
    REFERENCES "invoice_link" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT invoice_view_what_known CHECK (what IN ('page', 'pdf', 'usage')),
  ADD CONSTRAINT invoice_view_visitor_known CHECK (visitor IN ('customer', 'staff', 'program'));

SELECT secure_table(name) FROM unnest(ARRAY['mail_template', 'delivery_settings', 'mail_attachment', 'delivery', 'delivery_recipient',
  'delivery_attempt', 'mail_bounce', 'bounced_address', 'invoice_link', 'invoice_view']) AS name;
REVOKE UPDATE, DELETE, TRUNCATE ON mail_bounce, invoice_view FROM billgrid_app;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON mail_bounce FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON invoice_view FOR EACH ROW EXECUTE FUNCTION insert_only();
