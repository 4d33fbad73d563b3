package jobs_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// isPublic says what everybody sees of a gig: nil where it is shown. Lists must
// say the same.
func (h *house) isPublic(t *testing.T, gig jobs.GigID) error {
	t.Helper()
	here := h.coordinator.Cooperative
	_, _, _, err := h.PublicGig(t.Context(), here, gig)
	page, listErr := h.PublicGigs(t.Context(), here, 1)
	news, newsErr := h.PublicNews(t.Context(), here)
	links, linksErr := h.PublicLinks(t.Context(), here, 100, 0)
	counts, countErr := h.PublicCounts(t.Context())
	count := counts[here]
	if failed := errors.Join(listErr, newsErr, linksErr, countErr); failed != nil {
		t.Fatal(failed)
	}
	holds := func(g jobs.PublicGig) bool { return g.ID == gig }
	shown := []bool{err == nil, slices.ContainsFunc(page.Gigs, holds), slices.ContainsFunc(news, holds),
		slices.ContainsFunc(links, func(l jobs.PublicLink) bool { return l.ID == gig })}
	if slices.Contains(shown, true) && slices.Contains(shown, false) || count != page.Total || count != len(links) {
		t.Errorf("the gig itself, the list, the news and the addresses say %v; %d of %d of %d", shown, count, page.Total, len(links))
	}
	return err
}

func TestPublicGigIsAllowedFieldsAlone(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Meeting = meeting()
	n.Shifts = append(n.Shifts, jobs.NewShift{Starts: n.Shifts[0].Starts.Add(48 * time.Hour), Ends: n.Shifts[0].Ends.Add(48 * time.Hour), Break: 30 * time.Minute, Seats: 1})
	gig := h.post(h.client, n)
	h.fillUp(t, gig) // its first shift
	found, shifts, skills, err := h.PublicGig(t.Context(), h.coordinator.Cooperative, gig)
	if err != nil {
		t.Fatal(err)
	}
	next := jobs.PublicShift{Starts: n.Shifts[1].Starts, Ends: n.Shifts[1].Ends, Break: 30 * time.Minute}
	want := jobs.PublicGig{
		ID: gig, Title: n.Title, Description: n.Description, Language: members.Dutch, PlaceName: "Arnhem", Remote: n.Meeting.Remote, ClientKind: members.Organisation,
		Rate: 1600, Load: jobs.Middle, Form: members.MemberEntrepreneur, PostedAt: h.now, ChangedAt: h.now, Group: h.group(t), Next: next, Coming: 1,
	}
	if diff := cmp.Diff(want, found, cmp.Transformer("utc", time.Time.UTC)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]jobs.PublicShift{next}, shifts, cmp.Transformer("utc", time.Time.UTC)); diff != "" {
		t.Errorf("the times (-want +got):\n%s", diff)
	}
	if len(skills) != 1 || skills[0].Code != "window-cleaning" {
		t.Errorf("the skills are %v", skills)
	}
}

// TestPublicGigIsCheckedEachTime: whatever closes a gig closes it to everybody, at
// once and in every list.
func TestPublicGigIsCheckedEachTime(t *testing.T) {
	h := newHouse(t)
	here := h.coordinator.Cooperative
	for name, tt := range map[string]struct {
		do   func(jobs.GigID)
		want error
	}{
		"open":   {func(jobs.GigID) {}, nil},
		"paused": {func(gig jobs.GigID) { h.allRight(h.Pause(t.Context(), h.client, gig)) }, jobs.ErrPublicOver},
		"resumed": {func(gig jobs.GigID) {
			h.allRight(errors.Join(h.Pause(t.Context(), h.client, gig), h.Resume(t.Context(), h.client, gig)))
		}, nil},
		"cancelled": {func(gig jobs.GigID) { h.allRight(h.CancelGig(t.Context(), h.client, gig, 0)) }, jobs.ErrPublicOver},
		"full":      {func(gig jobs.GigID) { h.fillUp(t, gig) }, jobs.ErrPublicOver},
		"begun": {func(gig jobs.GigID) {
			h.sql(`UPDATE jobs.shift SET starts_at = $2, ends_at = $3 WHERE gig_id = $1`, gig, h.now, h.now.Add(time.Hour))
		}, jobs.ErrPublicOver},
		"called off": {func(gig jobs.GigID) { h.sql(`UPDATE jobs.shift SET called_off_at = $2 WHERE gig_id = $1`, gig, h.now) }, jobs.ErrPublicOver},
		"another cooperative's": {func(gig jobs.GigID) {
			h.sql(`UPDATE members.settings SET public_since = NULL WHERE cooperative_id = $1`, h.otherOffices.Cooperative)
		}, nil},
		"switched off": {func(jobs.GigID) {
			h.sql(`UPDATE members.settings SET public_since = NULL WHERE cooperative_id = $1`, here)
		}, members.ErrNotFound},
		"a household's":                      {func(jobs.GigID) { h.clientKind(members.Household) }, members.ErrNotFound},
		"posted before the work is shown":    {func(jobs.GigID) { h.showsSince(time.Minute) }, members.ErrNotFound},
		"paid otherwise since it is shown":   {func(gig jobs.GigID) { h.showsSince(time.Minute); h.noteChange(gig, "rate_cents", 1600) }, members.ErrNotFound},
		"called otherwise since it is shown": {func(gig jobs.GigID) { h.showsSince(time.Minute); h.noteChange(gig, "title", "Ramen") }, nil},
		"described otherwise":                {func(gig jobs.GigID) { h.showsSince(time.Minute); h.noteChange(gig, "description", "Ramen") }, nil},
		"before that, and over":              {func(gig jobs.GigID) { h.showsSince(time.Minute); h.allRight(h.Pause(t.Context(), h.client, gig)) }, members.ErrNotFound},
		"its client has no yes":              {func(jobs.GigID) { h.clientIs(members.ClientAsked) }, jobs.ErrPublicOver},
		"the poster is held off":             {func(jobs.GigID) { h.holdOff() }, jobs.ErrPublicOver},
	} {
		gig := h.post(h.client, h.gig())
		tt.do(gig)
		if err := h.isPublic(t, gig); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		h.sql(`UPDATE members.settings SET public_since = $1`, h.now)
		h.sql(`DELETE FROM members.restriction`)
		h.clientIs(members.ClientApproved)
		h.clientKind(members.Organisation)
		h.sql(`UPDATE jobs.gig SET state = 'done' WHERE id = $1`, gig)
	}
}

// showsSince shows the work since so long after now.
func (h *house) showsSince(later time.Duration) {
	h.t.Helper()
	h.sql(`UPDATE members.settings SET public_since = $1`, h.now.Add(later))
}

// noteChange notes what a gig said before it was changed, in an hour from now.
func (h *house) noteChange(gig jobs.GigID, column string, was any) {
	h.t.Helper()
	h.sql(`INSERT INTO jobs.gig_change (id, cooperative_id, gig_id, changed_at, photos, on_the_day, `+column+`) VALUES (gen_random_uuid(), $1, $2, $3, false, false, $4)`,
		h.client.Cooperative, gig, h.now.Add(time.Hour), was)
}

func (h *house) clientKind(kind members.ClientKind) {
	h.t.Helper()
	h.sql(`UPDATE members.client SET kind = $2 WHERE id = $1`, h.client.Client, string(kind))
}

func TestIsForAll(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	is := func(want bool) {
		t.Helper()
		if got, err := h.IsForAll(t.Context(), h.client, gig); err != nil || got != want {
			t.Errorf("%v, %v; want %v", got, err, want)
		}
	}
	is(true)
	h.clientKind(members.Household)
	is(false)
	h.clientKind(members.Organisation)
	h.sql(`UPDATE members.settings SET public_since = NULL`)
	is(false)
	if _, err := h.IsForAll(t.Context(), h.otherOffices, gig); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another cooperative's: %v", err)
	}
}

// clientIs makes the client approved, or not yet.
func (h *house) clientIs(state members.ClientState) {
	h.t.Helper()
	h.sql(`UPDATE members.client SET state = $2 WHERE id = $1`, h.client.Client, string(state))
}

// holdOff restricts the client's contact.
func (h *house) holdOff() {
	h.t.Helper()
	h.allRight(h.people.Restrict(h.ctx(), h.coordinator, h.client.Person, "Er ligt een vraag die we eerst samen bespreken."))
}

func TestPublicGigOfOthers(t *testing.T) {
	h := newHouse(t)
	here, there := h.coordinator.Cooperative, h.otherOffices.Cooperative
	gig, draft := h.post(h.client, h.gig()), h.begin(h.client, h.client.Client)
	for name, tt := range map[string]struct {
		c   id.Cooperative
		gig jobs.GigID
	}{
		"another cooperative's": {there, gig}, "no cooperative's": {id.Cooperative{}, gig}, "a draft": {here, draft}, "none": {here, jobs.GigID{}}, "swapped": {id.Cooperative(gig), jobs.GigID(here)},
	} {
		if _, _, _, err := h.PublicGig(t.Context(), tt.c, tt.gig); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if counts, err := h.PublicCounts(t.Context()); err != nil || len(counts) != 1 || counts[here] != 1 {
		t.Errorf("the counts are %v, %v", counts, err)
	}
	if page, err := h.PublicGigs(t.Context(), there, 1); err != nil || page.Total != 0 {
		t.Errorf("another cooperative shows %d, %v", page.Total, err)
	}
}

func TestPublicPages(t *testing.T) {
	h := newHouse(t)
	here := h.coordinator.Cooperative
	var soonest []jobs.GigID
	for i := range jobs.PageSize + 2 {
		h.now = h.now.Add(time.Second)
		soonest = append(soonest, h.titled("Klus", i))
	}
	var got []jobs.GigID
	for number, want := range map[int]int{-1: jobs.PageSize, 1: jobs.PageSize, 2: 2, 3: 0, 10_000: 0} {
		page, err := h.PublicGigs(t.Context(), here, number)
		if err != nil || len(page.Gigs) != want || want > 0 && (page.Total != jobs.PageSize+2 || page.Pages() != 2) {
			t.Errorf("page %d holds %d of %d, %v; want %d", number, len(page.Gigs), page.Total, err, want)
		}
	}
	for number := range 2 {
		page, _ := h.PublicGigs(t.Context(), here, number+1)
		for _, g := range page.Gigs {
			got = append(got, g.ID)
		}
	}
	if !slices.Equal(got, soonest) {
		t.Errorf("the pages hold %v, want %v", got, soonest)
	}
	news, err := h.PublicNews(t.Context(), here)
	if err != nil || len(news) != len(soonest) || news[0].ID != soonest[len(soonest)-1] {
		t.Errorf("the news are %d, %v", len(news), err)
	}
	all, err := h.PublicLinks(t.Context(), here, 100, 0)
	first, err1 := h.PublicLinks(t.Context(), here, 5, 0)
	rest, err2 := h.PublicLinks(t.Context(), here, 100, 5)
	if errors.Join(err, err1, err2) != nil || !slices.Equal(slices.Concat(first, rest), all) || len(all) != len(soonest) {
		t.Errorf("the addresses come in parts of %d and %d of %d", len(first), len(rest), len(all))
	}
}
