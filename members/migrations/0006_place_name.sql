-- +goose Up
CREATE INDEX place_by_name ON members.place (lower(name));
CREATE INDEX place_by_full_name ON members.place (lower(name || ' (' || municipality || ')'));

-- +goose Down
DROP INDEX members.place_by_name, members.place_by_full_name;
