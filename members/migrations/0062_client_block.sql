-- +goose Up
CREATE TABLE members.client_block (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    client_id      uuid NOT NULL,
    since          timestamptz NOT NULL,
    reason         text NOT NULL,
    PRIMARY KEY (cooperative_id, member_id, client_id),
    CONSTRAINT client_block_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT client_block_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT client_block_reason_length CHECK (char_length(reason) <= 300)
);
COMMENT ON TABLE members.client_block IS 'Clients for whom a member does not want to work. The member''s own: no client ever learns of it.';
CREATE INDEX client_block_client ON members.client_block (cooperative_id, client_id);

-- +goose Down
DROP TABLE members.client_block;
