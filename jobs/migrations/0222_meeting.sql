-- +goose Up
CREATE TABLE jobs.gig_meeting (
    cooperative_id   uuid NOT NULL,
    gig_id           uuid NOT NULL,
    point            text NOT NULL DEFAULT '',
    contact_name     text NOT NULL DEFAULT '',
    contact_phone    text NOT NULL DEFAULT '',
    travel           text NOT NULL DEFAULT 'own',
    travel_text      text NOT NULL DEFAULT '',
    briefing         text NOT NULL DEFAULT '',
    briefing_version integer NOT NULL DEFAULT 1,
    accompanied      boolean NOT NULL DEFAULT false,
    remote           boolean NOT NULL DEFAULT false,
    PRIMARY KEY (cooperative_id, gig_id),
    CONSTRAINT gig_meeting_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id),
    CONSTRAINT gig_meeting_point_length CHECK (char_length(point) <= 200),
    CONSTRAINT gig_meeting_contact_length CHECK (char_length(contact_name) <= 80 AND char_length(contact_phone) <= 20),
    CONSTRAINT gig_meeting_travel_known CHECK (travel IN ('own', 'offered', 'group')),
    CONSTRAINT gig_meeting_travel_length CHECK (char_length(travel_text) <= 200),
    CONSTRAINT gig_meeting_briefing_length CHECK (char_length(briefing) <= 2000),
    CONSTRAINT gig_meeting_version_positive CHECK (briefing_version > 0)
);
COMMENT ON TABLE jobs.gig_meeting IS 'How a gig goes on the day itself. No row: nothing was told of it.';
COMMENT ON COLUMN jobs.gig_meeting.contact_phone IS 'Shown to who works there, the client and the coordinator.';
COMMENT ON COLUMN jobs.gig_meeting.briefing_version IS 'Counts up when the briefing is changed: who read an older one is asked to read again.';

CREATE TABLE jobs.briefing_read (
    cooperative_id uuid NOT NULL,
    gig_id         uuid NOT NULL,
    member_id      uuid NOT NULL,
    version        integer NOT NULL,
    read_at        timestamptz NOT NULL,
    helper_id      uuid,
    PRIMARY KEY (cooperative_id, gig_id, member_id),
    CONSTRAINT briefing_read_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id),
    CONSTRAINT briefing_read_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT briefing_read_helper FOREIGN KEY (cooperative_id, helper_id) REFERENCES members.role (cooperative_id, id),
    CONSTRAINT briefing_read_version_positive CHECK (version > 0)
);
COMMENT ON TABLE jobs.briefing_read IS 'Who said that they read the briefing of a gig. It opens and closes nothing.';
COMMENT ON COLUMN jobs.briefing_read.helper_id IS 'The role that said so in the name of the member, who lets them; NULL: the member did.';
CREATE INDEX briefing_read_member ON jobs.briefing_read (cooperative_id, member_id);
CREATE INDEX briefing_read_helper ON jobs.briefing_read (cooperative_id, helper_id) WHERE helper_id IS NOT NULL;

-- +goose Down
DROP TABLE jobs.briefing_read;
DROP TABLE jobs.gig_meeting;
