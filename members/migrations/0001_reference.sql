-- +goose Up
CREATE TABLE members.place (
    code         text PRIMARY KEY,
    name         text NOT NULL,
    municipality text NOT NULL,
    province     text NOT NULL,
    lat          double precision NOT NULL,
    lon          double precision NOT NULL,
    CONSTRAINT place_in_the_netherlands CHECK (lat BETWEEN 50.5 AND 53.7 AND lon BETWEEN 3.2 AND 7.3)
);
COMMENT ON TABLE members.place IS 'Reference data, upserted from places.csv at every migrate.';
CREATE INDEX place_name ON members.place (name);

CREATE TABLE members.skill_group (
    code text PRIMARY KEY,
    nl   text NOT NULL CONSTRAINT skill_group_nl_unique UNIQUE,
    en   text NOT NULL CONSTRAINT skill_group_en_unique UNIQUE
);
CREATE TABLE members.skill (
    code        text PRIMARY KEY,
    group_code  text NOT NULL CONSTRAINT skill_group_known REFERENCES members.skill_group,
    nl          text NOT NULL CONSTRAINT skill_nl_unique UNIQUE,
    en          text NOT NULL CONSTRAINT skill_en_unique UNIQUE,
    synonyms_nl text[] NOT NULL
);
COMMENT ON TABLE members.skill IS 'Reference data, upserted from skills.csv at every migrate.';
CREATE INDEX skill_in_group ON members.skill (group_code);

-- +goose Down
DROP TABLE members.skill;
DROP TABLE members.skill_group;
DROP TABLE members.place;
