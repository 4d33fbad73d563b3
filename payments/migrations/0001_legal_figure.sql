-- +goose Up
CREATE TABLE payments.legal_figure (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL,
    cents       bigint NOT NULL,
    valid_from  date NOT NULL,
    valid_until date NOT NULL,
    source      text NOT NULL,
    example     boolean NOT NULL,
    added_at    timestamptz NOT NULL,
    CONSTRAINT legal_figure_kind_known CHECK (kind IN ('adult_minimum_wage')),
    CONSTRAINT legal_figure_positive CHECK (cents > 0),
    CONSTRAINT legal_figure_days_in_order CHECK (valid_from <= valid_until),
    CONSTRAINT legal_figure_has_source CHECK (source <> ''),
    CONSTRAINT legal_figure_from_unique UNIQUE (kind, valid_from)
);
COMMENT ON TABLE payments.legal_figure IS 'What the law sets, for the whole country: dated rows with their source, upserted from legal_figures.csv at every migrate.';
COMMENT ON COLUMN payments.legal_figure.valid_until IS 'The last day, included.';

-- +goose Down
DROP TABLE payments.legal_figure;
