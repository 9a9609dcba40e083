-- ── What people are told ─────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "notification" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "read_at" TIMESTAMPTZ(6),
    "mailed_at" TIMESTAMPTZ(6),
    "mail_error" TEXT,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
-- Whoever is told of an event is told once.
CREATE UNIQUE INDEX "notification_organization_id_event_id_member_id_key" ON "notification" ("organization_id", "event_id", "member_id");
CREATE INDEX "notification_organization_id_member_id_id_idx" ON "notification" ("organization_id", "member_id", "id");
ALTER TABLE "notification"
  ADD CONSTRAINT "notification_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id")
    REFERENCES "member" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "notification_organization_id_event_id_fkey" FOREIGN KEY ("organization_id", "event_id")
    REFERENCES "quote_event" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "notification_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

SELECT secure_table('notification');
REVOKE DELETE ON notification FROM billgrid_app;
