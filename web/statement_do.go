package web

import (
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// beginStatement handles POST /caseload/:member/statements.
func beginStatement(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	n := coaching.NewStatement{Funder: f.funderOf()}
	// A day that could not be read is refused by the domain too: so all problems
	// are found at once.
	n.From, _ = f.day("from")
	n.Until, _ = f.day("until")
	one, err := r.web.Coaching.BeginStatement(r.Request.Context(), r.actor, r.member.Member, n)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.statementsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("statement.begun")
	return r.to(r.statementPath(one))
}

// summarizeStatement handles POST /caseload/:member/statements/:statement/summary.
func summarizeStatement(r *request) error {
	one, err := r.statementID()
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	if f.looksMedical("summary") {
		return r.statementPage(http.StatusUnprocessableEntity, f)
	}
	if err := f.wrong(r.web.Coaching.Summarize(r.Request.Context(), r.actor, r.member.Member, one, f.text("summary"))); err != nil {
		return err
	}
	if f.bad() {
		return r.statementPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("statement.summarized")
	return r.to(r.statementPath(one))
}

// chosenClient is the client of a form about a statement. Which there are comes
// from the work that the member did, and from nothing else.
func (r *request) chosenClient() (page coaching.StatementPage, client members.ClientID, f *form, err error) {
	if page, err = r.statement(); err != nil {
		return page, client, nil, err
	}
	if f, err = r.form(); err != nil {
		return page, client, nil, err
	}
	if client, err = id.Parse[members.Client](f.text("client")); err != nil {
		return page, client, nil, errForm // nobody types it
	}
	list, err := r.workedFor(page)
	if err == nil && !slices.ContainsFunc(list, func(c jobs.WorkedFor) bool { return c.ID == client }) {
		err = members.ErrNotFound
	}
	return page, client, f, err
}

// askSatisfaction handles POST /caseload/:member/statements/:statement/ask.
func askSatisfaction(r *request) error {
	page, client, _, err := r.chosenClient()
	if err != nil {
		return err
	}
	if err := r.web.Coaching.AskSatisfaction(r.Request.Context(), r.actor, r.member.Member, page.ID, client); err != nil {
		return err
	}
	r.flash("statement.asked")
	return r.to(r.statementPath(page.ID))
}

// agreeSatisfaction handles POST /statements/:statement/ask: the member's yes or
// no to asking a client.
func agreeSatisfaction(r *request) error {
	page, client, f, err := r.chosenClient()
	if err != nil {
		return err
	}
	yes, news := !f.pressed("no"), "statement.asked_now"
	if !yes {
		news = "statement.not_asked_now"
	}
	if err := r.web.Coaching.AgreeSatisfaction(r.Request.Context(), r.actor, page.ID, client, yes); err != nil {
		return err
	}
	r.flash(news)
	return r.to(r.statementPath(page.ID))
}

// signStatement handles POST …/sign, for the side that is signed in.
func signStatement(r *request) error {
	one, err := r.statementID()
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.web.Coaching.SignStatement(r.Request.Context(), r.actor, r.aboutMember(), one, f.text("hash")); err != nil {
		return err
	}
	r.flash("statement.did_sign")
	return r.to(r.statementPath(one))
}

// withdrawStatement handles POST …/withdraw.
func withdrawStatement(r *request) error {
	one, err := r.statementID()
	if err != nil {
		return err
	}
	if err := r.web.Coaching.WithdrawStatement(r.Request.Context(), r.actor, r.aboutMember(), one); err != nil {
		return err
	}
	r.flash("statement.did_withdraw")
	return r.to(r.statementsPath())
}

// statementPDF handles GET …/pdf: what was signed once or twice, to hand on.
func statementPDF(r *request) error {
	page, err := r.frozen()
	if err != nil {
		return err
	}
	file, err := r.documentOf(page).pdf(string(r.words.Locale), page.Moved)
	if err != nil {
		return err
	}
	return r.sendStatement(page, "pdf", "application/pdf", file)
}

// statementCSV handles GET …/csv.
func statementCSV(r *request) error {
	page, err := r.frozen()
	if err != nil {
		return err
	}
	file, err := sheetOf(r.statementRows(page))
	if err != nil {
		return err
	}
	return r.sendStatement(page, "csv", "text/csv; charset=utf-8", file)
}

// frozen is the statement of the path, when it says something that stays.
func (r *request) frozen() (coaching.StatementPage, error) {
	page, err := r.statement()
	if err == nil && (!page.State.Frozen() || page.Gone) {
		return page, members.ErrNotFound
	}
	return page, err
}

// sendStatement names the file by its days alone.
func (r *request) sendStatement(p coaching.StatementPage, ending, kind string, file []byte) error {
	name := r.t("statement.file") + "-" + string(p.From) + "-" + string(p.Until) + "." + ending
	r.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	r.Header("Cache-Control", "no-store")
	r.Data(http.StatusOK, kind, file)
	return nil
}
