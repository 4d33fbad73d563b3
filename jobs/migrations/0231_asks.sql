-- +goose Up
-- What stood here before was useful, for whoever has it: nothing changes for it.
ALTER TABLE jobs.gig_skill
    ADD COLUMN need text NOT NULL DEFAULT 'useful',
    ADD COLUMN level text NOT NULL DEFAULT 'can',
    ADD CONSTRAINT gig_skill_need_known CHECK (need IN ('required', 'useful')),
    ADD CONSTRAINT gig_skill_level_known CHECK (level IN ('learning', 'can', 'well', 'can teach'));
COMMENT ON COLUMN jobs.gig_skill.need IS 'required: who lacks it, or has it at a lower level, is not asked; useful: some of them are enough.';

CREATE TABLE jobs.gig_ability (
    cooperative_id uuid NOT NULL,
    gig_id         uuid NOT NULL,
    ability_code   text NOT NULL CONSTRAINT gig_ability_known REFERENCES members.ability,
    PRIMARY KEY (cooperative_id, gig_id, ability_code),
    CONSTRAINT gig_ability_gig FOREIGN KEY (cooperative_id, gig_id) REFERENCES jobs.gig (cooperative_id, id)
);
COMMENT ON TABLE jobs.gig_ability IS 'What the work is like, in the words in which members say what they need. Shown; nobody is chosen by it.';
CREATE INDEX gig_ability_ability ON jobs.gig_ability (ability_code);

ALTER TABLE jobs.gig
    ADD COLUMN physical smallint,
    ADD COLUMN sensory smallint,
    ADD COLUMN mental smallint,
    ADD COLUMN dutch text,
    ADD COLUMN certificate boolean NOT NULL DEFAULT false,
    ADD COLUMN step text NOT NULL DEFAULT 'solo',
    ADD CONSTRAINT gig_loads_range CHECK (physical BETWEEN 1 AND 5 AND sensory BETWEEN 1 AND 5 AND mental BETWEEN 1 AND 5),
    ADD CONSTRAINT gig_loads_whole CHECK (num_nulls(physical, sensory, mental) IN (0, 3)),
    ADD CONSTRAINT gig_dutch_known CHECK (dutch IN ('none', 'little', 'enough', 'well')),
    ADD CONSTRAINT gig_step_known CHECK (step IN ('workshop', 'accompanied', 'solo', 'trial', 'job'));
COMMENT ON COLUMN jobs.gig.certificate IS 'Whether a certificate of conduct (VOG) is needed.';
COMMENT ON COLUMN jobs.gig.step IS 'The step of the ladder of work that the gig is on.';

-- +goose Down
ALTER TABLE jobs.gig
    DROP COLUMN physical, DROP COLUMN sensory, DROP COLUMN mental, DROP COLUMN dutch, DROP COLUMN certificate, DROP COLUMN step;
DROP TABLE jobs.gig_ability;
ALTER TABLE jobs.gig_skill DROP COLUMN need, DROP COLUMN level;
