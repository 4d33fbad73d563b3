-- +goose Up
CREATE TABLE jobs.saved_search (
    id             uuid PRIMARY KEY,
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    mark           bytea NOT NULL,
    wish           bytea NOT NULL,
    saved_at       timestamptz NOT NULL,
    CONSTRAINT saved_search_within_cooperative UNIQUE (cooperative_id, id),
    CONSTRAINT saved_search_once UNIQUE (cooperative_id, member_id, mark),
    CONSTRAINT saved_search_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT saved_search_mark_size CHECK (octet_length(mark) = 32),
    CONSTRAINT saved_search_wish_length CHECK (octet_length(wish) BETWEEN 30 AND 16029)
);
COMMENT ON TABLE jobs.saved_search IS 'What a member looks for again and again among the open gigs.';
COMMENT ON COLUMN jobs.saved_search.mark IS 'The same for the same wish of this member; made with the key of their person, so that nobody guesses what it was.';
COMMENT ON COLUMN jobs.saved_search.wish IS 'Sealed with the key of the member''s person: at most 4000 characters.';

CREATE TABLE jobs.search_news (
    cooperative_id uuid NOT NULL,
    member_id      uuid NOT NULL,
    mailed         boolean NOT NULL DEFAULT true,
    since          timestamptz NOT NULL,
    asked_day      date NOT NULL,
    told_at        timestamptz,
    told           uuid[] NOT NULL DEFAULT '{}',
    mail_day       date,
    mail_key       text,
    PRIMARY KEY (cooperative_id, member_id),
    CONSTRAINT search_news_member FOREIGN KEY (cooperative_id, member_id) REFERENCES members.member (cooperative_id, id),
    CONSTRAINT search_news_told_whole CHECK (told_at IS NOT NULL OR told = '{}'),
    CONSTRAINT search_news_mail_whole CHECK (num_nulls(mail_day, mail_key) IN (0, 2)),
    CONSTRAINT search_news_mail_key_length CHECK (char_length(mail_key) BETWEEN 1 AND 100)
);
COMMENT ON TABLE jobs.search_news IS 'Which gigs a member was told of because of their saved searches. At most one mail a day.';
COMMENT ON COLUMN jobs.search_news.since IS 'Gigs that were posted before are no news.';
COMMENT ON COLUMN jobs.search_news.asked_day IS 'The last day on which it was asked whether there is news.';
COMMENT ON COLUMN jobs.search_news.told IS 'Gigs that are not over: none is told of twice.';
COMMENT ON COLUMN jobs.search_news.mail_key IS 'Which task has the one mail of mail_day: it may try again, no other may.';
CREATE INDEX search_news_due ON jobs.search_news (asked_day) WHERE mailed;

-- +goose Down
DROP TABLE jobs.search_news;
DROP TABLE jobs.saved_search;
