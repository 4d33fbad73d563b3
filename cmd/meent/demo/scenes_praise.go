package demo

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// finished is work whose hours are agreed, between two who did not come earlier
// in the list.
type finished struct {
	Engagement jobs.EngagementID
	Member     members.MemberID
	Client     members.ClientID
}

// finished lists the last of it.
func (s scenes) finished(ctx context.Context, c id.Cooperative) (list []finished, err error) {
	const query = `
		SELECT e.id, e.member_id, g.client_id FROM jobs.engagement e
		JOIN jobs.shift s ON s.id = e.shift_id JOIN jobs.gig g ON g.id = s.gig_id JOIN jobs.timesheet t ON t.engagement_id = e.id
		WHERE e.cooperative_id = $1 AND e.state IN ('billed', 'paid') AND e.called_off_at IS NULL AND t.state = 'agreed' AND t.agreed_at > $2
		ORDER BY t.agreed_at DESC, e.id`
	rows, err := s.db.Query(ctx, query, c, s.clock.now().AddDate(0, 0, -25))
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[finished])
	seen := map[finished]bool{}
	for _, one := range all {
		pair := finished{Member: one.Member, Client: one.Client}
		if !seen[pair] {
			seen[pair], list = true, append(list, one)
		}
	}
	return list, err
}

// praise lets clients say what they have to say about finished work, and plans the
// answers of the next day.
func (s scenes) praise(ctx context.Context, c id.Cooperative) error {
	list, err := s.finished(ctx, c)
	if err != nil {
		return err
	}
	for i, f := range list[:min(len(list), 10)] {
		client, member := s.clients[f.Client], s.people[f.Member]
		if i%4 != 3 {
			if err := s.clientSays(ctx, client, f.Engagement, i); err != nil {
				return err
			}
		}
		if asksFavourite(i) {
			if err := s.jobs.AskFavourite(ctx, client, f.Engagement); err != nil {
				return err
			}
		}
		s.agenda.note(s.clock.now().Add(20*time.Hour+time.Duration(i)*time.Minute), func(ctx context.Context) error {
			return s.memberSays(ctx, member, client, f.Engagement, i)
		})
	}
	if len(list) > 2 {
		s.agenda.note(s.clock.now().Add(27*time.Hour), func(ctx context.Context) error { return s.refuse(ctx, list[len(list)-1]) })
	}
	return s.offerJobs(ctx, c, list)
}

// clientSays says how each skill went, and one sentence.
func (s scenes) clientSays(ctx context.Context, client members.Actor, e jobs.EngagementID, turn int) error {
	page, err := s.jobs.FeedbackOn(ctx, client, e)
	if err != nil {
		return err
	}
	n := jobs.NewFeedback{Skills: map[string]jobs.SkillWord{}, Sentence: turns(turn,
		"Fijn gewerkt! Je was op tijd en je zag zelf wat er nog moest.",
		"Het was druk en je bleef rustig. Dank je wel.",
		"Je vroeg goed door als iets niet duidelijk was. Kom gerust nog eens.",
		"Netjes gedaan. De volgende keer laten we je ook de andere ruimte zien.")}
	for i, skill := range page.Asked {
		n.Skills[skill.Code] = jobs.WentWell
		if i > 0 && turn%2 == 1 {
			n.Skills[skill.Code] = turns(i, jobs.Practise, jobs.WentFine)
		}
	}
	return s.jobs.GiveFeedback(ctx, client, e, n)
}

// memberSays answers what the client said and asked, says how the place was, and
// some choose the client's sentence for what they show of themselves.
func (s scenes) memberSays(ctx context.Context, member, client members.Actor, e jobs.EngagementID, turn int) error {
	n := jobs.NewFeedback{
		Place: map[jobs.Aspect]jobs.PlaceWord{jobs.Welcome: jobs.WasGood, jobs.Clear: turns(turn, jobs.WasGood, jobs.WasMixed), jobs.Safe: jobs.WasGood, jobs.Pace: turns(turn, jobs.WasGood, jobs.WasGood, jobs.WasMixed)},
		Sentence: turns(turn,
			"Ik kreeg een goede uitleg en er was tijd voor koffie.",
			"Het begin was druk. Daarna ging het goed.",
			"Fijne collega's. Ik wil hier vaker werken."),
	}
	if err := s.jobs.GiveFeedback(ctx, member, e, n); err != nil {
		return err
	}
	if turn%4 != 3 && turn%2 == 0 {
		if err := s.jobs.AnswerFeedback(ctx, member, e, "Dank je wel. Dat is fijn om te lezen."); err != nil {
			return err
		}
		if err := s.jobs.ChooseFeedback(ctx, member, e, true); err != nil {
			return err
		}
	}
	if turn%3 == 1 {
		s.wait(time.Minute)
		if err := s.jobs.AnswerFeedback(ctx, client, e, "Goed dat je het zegt. We beginnen voortaan rustiger."); err != nil {
			return err
		}
	}
	return s.answerFavourite(ctx, member, client, turn)
}

func asksFavourite(turn int) bool { return turn%3 == 0 || turn == 1 }

// answerFavourite is a yes of most; one has not answered yet.
func (s scenes) answerFavourite(ctx context.Context, member, client members.Actor, turn int) error {
	if !asksFavourite(turn) || turn == 1 {
		return nil
	}
	list, err := s.jobs.Favourites(ctx, member)
	if err != nil {
		return err
	}
	for _, f := range list {
		if f.Client == client.Client && f.State == jobs.FavouriteAsked {
			return s.jobs.AnswerFavourite(ctx, member, f.ID, true)
		}
	}
	return nil
}

// refuse is a client who would rather work with somebody else for some months.
func (s scenes) refuse(ctx context.Context, f finished) error {
	return s.jobs.RefuseMember(ctx, s.clients[f.Client], f.Engagement, members.NewClientRefusal{
		Code: members.RefusedContact, Until: members.DayOf(s.clock.now()).AddMonths(3),
		Why: "We werkten twee keer samen en begrepen elkaar niet goed. We willen nu even rust."})
}

// turns is one of the list, in turn.
func turns[T any](turn int, list ...T) T { return list[turn%len(list)] }
