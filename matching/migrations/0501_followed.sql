-- +goose Up
-- Which tables matching keeps in memory stands here, and nowhere else: those that
-- own them know nothing of it, and no verb can forget to tell. A test holds the list
-- against what the loader reads.

-- +goose StatementBegin
CREATE FUNCTION matching.follow_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN PERFORM feed.append(OLD.cooperative_id, 'member', OLD.member_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM feed.append(NEW.cooperative_id, 'member', NEW.member_id); END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION matching.follow_gig() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN PERFORM feed.append(OLD.cooperative_id, 'gig', OLD.gig_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM feed.append(NEW.cooperative_id, 'gig', NEW.gig_id); END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- A row by its own id: a member or a gig.
-- +goose StatementBegin
CREATE FUNCTION matching.follow_itself() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM feed.append(OLD.cooperative_id, TG_ARGV[0], OLD.id);
    ELSE
        PERFORM feed.append(NEW.cooperative_id, TG_ARGV[0], NEW.id);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- A shift that moves moves the agreed work of whoever comes.
-- +goose StatementBegin
CREATE FUNCTION matching.follow_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM feed.append(OLD.cooperative_id, 'shift', OLD.id);
        RETURN NULL;
    END IF;
    PERFORM feed.append(NEW.cooperative_id, 'shift', NEW.id);
    IF TG_OP = 'UPDATE' THEN
        PERFORM feed.append(e.cooperative_id, 'member', e.member_id) FROM jobs.engagement e WHERE e.cooperative_id = NEW.cooperative_id AND e.shift_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION matching.follow_engagement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM feed.append(OLD.cooperative_id, 'member', OLD.member_id), feed.append(OLD.cooperative_id, 'shift', OLD.shift_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM feed.append(NEW.cooperative_id, 'member', NEW.member_id), feed.append(NEW.cooperative_id, 'shift', NEW.shift_id);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- Of a person in a cooperative: who may take nothing new.
-- +goose StatementBegin
CREATE FUNCTION matching.follow_restriction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE x members.restriction;
BEGIN
    IF TG_OP = 'DELETE' THEN x := OLD; ELSE x := NEW; END IF;
    PERFORM feed.append(m.cooperative_id, 'member', m.id) FROM members.role r
        JOIN members.member m ON m.cooperative_id = r.cooperative_id AND m.role_id = r.id
        WHERE r.cooperative_id = x.cooperative_id AND r.person_id = x.person_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- A coach who goes reads no offers first.
-- +goose StatementBegin
CREATE FUNCTION matching.follow_coach() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
        PERFORM feed.append(l.cooperative_id, 'member', l.member_id) FROM coaching.caseload l WHERE l.cooperative_id = NEW.cooperative_id AND l.coach_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION matching.follow_worktime() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
    IF TG_OP = 'DELETE' THEN
        PERFORM feed.append(OLD.cooperative_id, 'cooperative', OLD.cooperative_id);
    ELSE
        PERFORM feed.append(NEW.cooperative_id, 'cooperative', NEW.cooperative_id);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.member FOR EACH ROW EXECUTE FUNCTION matching.follow_itself('member');
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.member_skill FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.member_profile FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.member_goal FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.member_day FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.member_ability FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.client_block FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.client_refusal FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.access_grant FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON members.restriction FOR EACH ROW EXECUTE FUNCTION matching.follow_restriction();
CREATE TRIGGER matching_follows AFTER UPDATE OF ended_at ON members.role FOR EACH ROW EXECUTE FUNCTION matching.follow_coach();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON coaching.work_step FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON coaching.guard_rail FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON coaching.caseload FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON jobs.gig FOR EACH ROW EXECUTE FUNCTION matching.follow_itself('gig');
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON jobs.gig_skill FOR EACH ROW EXECUTE FUNCTION matching.follow_gig();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON jobs.gig_ability FOR EACH ROW EXECUTE FUNCTION matching.follow_gig();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON jobs.gig_meeting FOR EACH ROW EXECUTE FUNCTION matching.follow_gig();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON jobs.shift FOR EACH ROW EXECUTE FUNCTION matching.follow_shift();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON jobs.engagement FOR EACH ROW EXECUTE FUNCTION matching.follow_engagement();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON jobs.trial_placed FOR EACH ROW EXECUTE FUNCTION matching.follow_member();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON jobs.worktime_rule FOR EACH ROW EXECUTE FUNCTION matching.follow_worktime();
CREATE TRIGGER matching_follows AFTER INSERT OR UPDATE OR DELETE ON matching.offer FOR EACH ROW EXECUTE FUNCTION matching.follow_member();

-- +goose Down
DROP TRIGGER matching_follows ON members.member;
DROP TRIGGER matching_follows ON members.member_skill;
DROP TRIGGER matching_follows ON members.member_profile;
DROP TRIGGER matching_follows ON members.member_goal;
DROP TRIGGER matching_follows ON members.member_day;
DROP TRIGGER matching_follows ON members.member_ability;
DROP TRIGGER matching_follows ON members.client_block;
DROP TRIGGER matching_follows ON members.client_refusal;
DROP TRIGGER matching_follows ON members.access_grant;
DROP TRIGGER matching_follows ON members.restriction;
DROP TRIGGER matching_follows ON members.role;
DROP TRIGGER matching_follows ON coaching.work_step;
DROP TRIGGER matching_follows ON coaching.guard_rail;
DROP TRIGGER matching_follows ON coaching.caseload;
DROP TRIGGER matching_follows ON jobs.gig;
DROP TRIGGER matching_follows ON jobs.gig_skill;
DROP TRIGGER matching_follows ON jobs.gig_ability;
DROP TRIGGER matching_follows ON jobs.gig_meeting;
DROP TRIGGER matching_follows ON jobs.shift;
DROP TRIGGER matching_follows ON jobs.engagement;
DROP TRIGGER matching_follows ON jobs.trial_placed;
DROP TRIGGER matching_follows ON jobs.worktime_rule;
DROP TRIGGER matching_follows ON matching.offer;
DROP FUNCTION matching.follow_worktime();
DROP FUNCTION matching.follow_coach();
DROP FUNCTION matching.follow_restriction();
DROP FUNCTION matching.follow_engagement();
DROP FUNCTION matching.follow_shift();
DROP FUNCTION matching.follow_itself();
DROP FUNCTION matching.follow_gig();
DROP FUNCTION matching.follow_member();
