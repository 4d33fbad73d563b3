-- +goose Up
CREATE TABLE payments.event (
    id          text PRIMARY KEY,
    endpoint    text NOT NULL,
    account     text NOT NULL,
    kind        text NOT NULL,
    object      text NOT NULL,
    happened_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    done_at     timestamptz,
    CONSTRAINT event_endpoint_known CHECK (endpoint IN ('platform', 'connect')),
    CONSTRAINT event_text_length CHECK (char_length(id) BETWEEN 1 AND 255 AND char_length(account) <= 255 AND char_length(kind) BETWEEN 1 AND 255 AND char_length(object) <= 255)
);
COMMENT ON TABLE payments.event IS 'What the gateway told us, stored before it is believed. Belongs to no cooperative until its object is found; only kind and id are kept, never what the body said.';
CREATE INDEX event_received ON payments.event (received_at);

-- +goose Down
DROP TABLE payments.event;
