-- ── Signatures at Dropbox Sign ───────────────────────────────────────────────────────────────────────────────────────

-- Signers sign inside a page that embeds the provider, who then sends them no mail.
ALTER TABLE signature_request ADD COLUMN "is_embedded" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE signature_request ADD CONSTRAINT signature_request_embedded_at_provider
  CHECK (NOT is_embedded OR provider = 'dropbox_sign');

-- Each try to bring a request to the provider, noted before it is made: after one whose end is unknown, the provider is
-- asked whether it has the request before it gets it again. Times are the world's.
CREATE TABLE "dropbox_sign_attempt" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "reason" TEXT,

    CONSTRAINT "dropbox_sign_attempt_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "dropbox_sign_attempt_organization_id_request_id_idx" ON "dropbox_sign_attempt" ("organization_id", "request_id");
ALTER TABLE "dropbox_sign_attempt"
  ADD CONSTRAINT "dropbox_sign_attempt_organization_id_request_id_fkey" FOREIGN KEY ("organization_id", "request_id")
    REFERENCES "signature_request" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT dropbox_sign_attempt_outcome_known CHECK (outcome IN ('sent', 'not_sent', 'unknown', 'refused')),
  ADD CONSTRAINT dropbox_sign_attempt_ended_somehow CHECK ((ended_at IS NULL) = (outcome IS NULL));
-- One at a time.
CREATE UNIQUE INDEX dropbox_sign_attempt_one_open ON dropbox_sign_attempt (organization_id, request_id) WHERE ended_at IS NULL;

-- What the provider told us, once however often it does. Its hash covers type and second alone, so that it names an
-- event only together with the request and the signature.
CREATE TABLE "dropbox_sign_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "provider_request_id" TEXT NOT NULL,
    "provider_signature_id" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "message" TEXT,
    "happened_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "processed_at" TIMESTAMPTZ(6),

    CONSTRAINT "dropbox_sign_event_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "dropbox_sign_event_once" ON "dropbox_sign_event" ("organization_id", "hash", "provider_request_id", "provider_signature_id");
CREATE INDEX "dropbox_sign_event_organization_id_request_id_idx" ON "dropbox_sign_event" ("organization_id", "request_id");
ALTER TABLE "dropbox_sign_event"
  ADD CONSTRAINT "dropbox_sign_event_organization_id_request_id_fkey" FOREIGN KEY ("organization_id", "request_id")
    REFERENCES "signature_request" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

SELECT secure_table(name) FROM unnest(ARRAY['dropbox_sign_attempt', 'dropbox_sign_event']) AS name;
REVOKE DELETE ON dropbox_sign_attempt, dropbox_sign_event FROM billgrid_app;
