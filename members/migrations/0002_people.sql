-- +goose Up
CREATE TABLE members.cooperative (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CONSTRAINT cooperative_name_unique UNIQUE,
    created_at timestamptz NOT NULL,
    CONSTRAINT cooperative_name_length CHECK (char_length(name) BETWEEN 1 AND 80)
);

CREATE TABLE members.person (
    id         uuid PRIMARY KEY,
    email      text NOT NULL CONSTRAINT person_email_unique UNIQUE,
    name       text NOT NULL,
    locale     text NOT NULL,
    created_at timestamptz NOT NULL,
    signed_out_at timestamptz,
    CONSTRAINT person_email_plain CHECK (email = lower(email) AND char_length(email) <= 254),
    CONSTRAINT person_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    CONSTRAINT person_locale_known CHECK (locale IN ('nl', 'en'))
);
COMMENT ON COLUMN members.person.signed_out_at IS 'When the person last signed out everywhere: no session from before comes back.';
COMMENT ON TABLE members.person IS 'One human with one sign-in, in one or more cooperatives: the only table here without cooperative_id, with what hangs on it.';

CREATE TABLE members.client (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT client_cooperative REFERENCES members.cooperative,
    name           text NOT NULL,
    kind           text NOT NULL,
    place_code     text NOT NULL CONSTRAINT client_place REFERENCES members.place,
    address        text NOT NULL,
    created_at     timestamptz NOT NULL,
    CONSTRAINT client_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT client_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    CONSTRAINT client_address_length CHECK (char_length(address) <= 200),
    CONSTRAINT client_kind_known CHECK (kind IN ('organisation', 'household'))
);
CREATE INDEX client_list ON members.client (cooperative_id, name, id);
CREATE INDEX client_place ON members.client (place_code);

CREATE TABLE members.role (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL CONSTRAINT role_cooperative REFERENCES members.cooperative,
    person_id      uuid NOT NULL CONSTRAINT role_person REFERENCES members.person,
    kind           text NOT NULL,
    client_id      uuid,
    created_at     timestamptz NOT NULL,
    CONSTRAINT role_kind_known CHECK (kind IN ('member', 'client', 'coach', 'coordinator')),
    CONSTRAINT role_client_names_its_client CHECK ((kind = 'client') = (client_id IS NOT NULL)),
    CONSTRAINT role_client FOREIGN KEY (cooperative_id, client_id) REFERENCES members.client (cooperative_id, id),
    CONSTRAINT role_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT role_once UNIQUE NULLS NOT DISTINCT (person_id, cooperative_id, kind, client_id)
);
CREATE INDEX role_of_cooperative ON members.role (cooperative_id, kind);
CREATE INDEX role_of_client ON members.role (cooperative_id, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE members.member (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    role_id        uuid NOT NULL CONSTRAINT member_role_unique UNIQUE,
    place_code     text NOT NULL CONSTRAINT member_place REFERENCES members.place,
    reach_m        integer NOT NULL,
    travel         text NOT NULL,
    CONSTRAINT member_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT member_role FOREIGN KEY (cooperative_id, role_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT member_reach_range CHECK (reach_m BETWEEN 500 AND 100000),
    CONSTRAINT member_travel_known CHECK (travel IN ('walk', 'bike', 'transit', 'car'))
);
COMMENT ON COLUMN members.member.reach_m IS 'How far the member wants to travel, one way, in metres.';
CREATE INDEX member_place ON members.member (place_code);
CREATE INDEX member_role ON members.member (cooperative_id, role_id);

CREATE TABLE members.member_skill (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    skill_code     text NOT NULL CONSTRAINT member_skill_known REFERENCES members.skill,
    PRIMARY KEY (cooperative_id, member_id, skill_code),
    CONSTRAINT member_skill_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id)
);
CREATE INDEX member_skill_skill ON members.member_skill (skill_code);

-- +goose Down
DROP TABLE members.member_skill;
DROP TABLE members.member;
DROP TABLE members.role;
DROP TABLE members.client;
DROP TABLE members.person;
DROP TABLE members.cooperative;
