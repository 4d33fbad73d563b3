package web

import (
	"net/http"
	"slices"
	"strings"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// statementView is a statement as its page shows it.
type statementView struct {
	coaching.StatementPage
	doc     document
	clients []ui.Choice // whom a coach can ask how they like the help
}

// statements handles GET /statements and GET /caseload/:member/statements.
func statements(r *request) error {
	f := r.emptyForm()
	until := members.DayOf(r.web.Now())
	f.setDay("from", until.AddMonths(-6).AddDays(1))
	f.setDay("until", until)
	f.set("funder", string(coaching.FunderUWV))
	return r.statementsPage(http.StatusOK, f)
}

func (r *request) statementsPage(status int, f *form) error {
	list, err := r.web.Coaching.Statements(r.Request.Context(), r.actor, r.aboutMember())
	if err != nil {
		return err
	}
	var funders []ui.Choice
	if r.actor.Kind == members.RoleCoach {
		if funders, err = r.funderChoices(); err != nil {
			return err
		}
	}
	return r.page(status, r.t("statement.title"), statementsBody(r, list, funders, f))
}

// showStatement handles GET /statements/:statement, and the coach's page of it.
func showStatement(r *request) error {
	return r.statementPage(http.StatusOK, nil)
}

// statementPage shows a statement; with a form that is wrong, or with what is there.
func (r *request) statementPage(status int, f *form) (err error) {
	var v statementView
	if v.StatementPage, err = r.statement(); err != nil {
		return err
	}
	if v.clients, err = r.askableClients(v.StatementPage); err != nil {
		return err
	}
	v.doc = r.documentOf(v.StatementPage)
	if f == nil {
		f = r.emptyForm()
		f.set("summary", v.Content.Summary)
	}
	return r.page(status, r.t("statement.heading"), statementBody(r, v, f))
}

// statement reads the one of the path.
func (r *request) statement() (coaching.StatementPage, error) {
	one, err := r.statementID()
	if err != nil {
		return coaching.StatementPage{}, err
	}
	return r.web.Coaching.StatementOf(r.Request.Context(), r.actor, r.aboutMember(), one)
}

func (r *request) statementID() (coaching.StatementID, error) {
	return id.Parse[coaching.Statement](r.Param("statement"))
}

// aboutMember is the member themselves, or whom the coach of the path follows.
func (r *request) aboutMember() members.MemberID {
	if r.actor.Kind == members.RoleMember {
		return r.actor.Member
	}
	return r.member.Member
}

// statementsPath is the list, for the side that looks.
func (r *request) statementsPath() string {
	if r.actor.Kind == members.RoleMember {
		return "/statements"
	}
	return r.timelinePath() + "/statements"
}

func (r *request) statementPath(s coaching.StatementID) string {
	return r.statementsPath() + "/" + s.String()
}

// askableClients are the clients for whom the member worked in the period of a
// draft, when the coach may read the hours.
func (r *request) askableClients(p coaching.StatementPage) (choices []ui.Choice, err error) {
	list, err := r.workedFor(p)
	for _, c := range list {
		if !isAsked(p, c.Name) {
			choices = append(choices, ui.Choice{Value: c.ID.String(), Text: c.Name})
		}
	}
	return choices, err
}

func (r *request) workedFor(p coaching.StatementPage) ([]jobs.WorkedFor, error) {
	if p.State != coaching.StatementDraft || len(p.Missing) > 0 {
		return nil, nil
	}
	ctx := r.Request.Context()
	from, until := p.Span()
	list, err := r.web.Jobs.WorkedForBetween(ctx, r.actor.Cooperative, r.aboutMember(), from, until)
	if err != nil || r.actor.Kind != members.RoleMember { // whom a member keeps away is told to nobody else
		return list, err
	}
	away, err := r.web.Members.Blocks(ctx, r.actor)
	return slices.DeleteFunc(list, func(c jobs.WorkedFor) bool {
		return slices.ContainsFunc(away, func(b members.Block) bool { return b.Client == c.ID })
	}), err
}

func isAsked(p coaching.StatementPage, client string) bool {
	for _, f := range p.Content.Forms {
		if f.By == coaching.ClientForm && f.Client == client {
			return true
		}
	}
	return false
}

// funderChoices are UWV, the cooperative's municipalities, and another.
func (r *request) funderChoices() ([]ui.Choice, error) {
	list, err := r.web.Members.Municipalities(r.Request.Context(), r.actor)
	choices := []ui.Choice{{Value: string(coaching.FunderUWV), Text: r.t("statement.uwv")}}
	for _, m := range list {
		choices = append(choices, ui.Choice{Value: m.ID.String(), Text: r.t("statement.municipality", "Name", m.Name)})
	}
	return append(choices, ui.Choice{Value: string(coaching.FunderOther), Text: r.t("statement.somebody_else")}), err
}

// funderOf reads the choice: a kind, or the id of a municipality.
func (f *form) funderOf() coaching.Funder {
	switch chosen := f.text("funder"); coaching.FunderKind(chosen) {
	case coaching.FunderUWV:
		return coaching.Funder{Kind: coaching.FunderUWV}
	case coaching.FunderOther:
		return coaching.Funder{Kind: coaching.FunderOther, Name: f.text("funder-name")}
	default:
		m, _ := id.Parse[members.Municipality](chosen) // none is refused by the domain
		return coaching.Funder{Kind: coaching.FunderMunicipality, Municipality: m}
	}
}

func (r *request) funderWord(f coaching.FunderKind, name string) string {
	switch f {
	case coaching.FunderUWV:
		return r.t("statement.uwv")
	case coaching.FunderMunicipality:
		return r.t("statement.municipality", "Name", name)
	default:
		return name
	}
}

// periodWord is a period as it is read.
func (r *request) periodWord(from, until members.Day) string {
	return r.t("statement.period_of", "From", r.words.DayOf(from), "Until", r.words.DayOf(until))
}

// statementTone draws attention to what somebody has to do.
func (r *request) statementTone(s coaching.Statement) ui.Tone {
	switch {
	case s.State == coaching.StatementSigned:
		return ui.Good
	case s.State == coaching.StatementWithdrawn:
		return ui.Neutral
	case s.State == coaching.StatementSignedOnce && !s.SignedBy(r.actor):
		return ui.Waits
	default:
		return ui.Coach
	}
}

// statementWord says where it stands, to the side that looks.
func (r *request) statementWord(s coaching.Statement) string {
	if s.State != coaching.StatementSignedOnce {
		return r.words.With("statement.state."+string(s.State), nil)
	}
	if !s.SignedBy(r.actor) {
		return r.t("statement.your_turn")
	}
	if s.MemberSigned.IsZero() {
		return r.t("statement.their_turn", "Name", s.MemberName)
	}
	return r.t("statement.their_turn", "Name", s.CoachName)
}

// maySign reports whether this side can sign now.
func (r *request) maySign(p coaching.StatementPage) bool {
	return p.Open() && !p.SignedBy(r.actor) && len(p.Missing) == 0 && !p.Gone && (r.actor.Kind == members.RoleMember || p.Coach == r.actor.Role)
}

// missingWords name what a coach may not read.
func (r *request) missingWords(p coaching.StatementPage) string {
	var list []string
	for _, scope := range p.Missing {
		list = append(list, r.words.With("statement.scope_of."+strings.ReplaceAll(string(scope), " ", "_"), nil))
	}
	return strings.Join(list, ", ")
}
