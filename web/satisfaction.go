package web

import (
	"net/http"
	"strconv"

	"meent/internal/id"
	"meent/members/coaching"
	"meent/web/ui"
)

// showOwnForm handles GET /statements/:statement/form: what the member thinks of
// the help.
func showOwnForm(r *request) error { return r.ownFormPage(http.StatusOK, r.emptyForm()) }

// giveOwnForm handles POST /statements/:statement/form.
func giveOwnForm(r *request) error {
	one, err := r.statementID()
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Coaching.GiveOwnForm(r.Request.Context(), r.actor, one, f.opinion())); err != nil {
		return err
	}
	if f.bad() {
		return r.ownFormPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("satisfaction.thanks")
	return r.to(r.statementPath(one))
}

func (r *request) ownFormPage(status int, f *form) error {
	one, err := r.statementID()
	if err != nil {
		return err
	}
	asked, err := r.web.Coaching.OwnForm(r.Request.Context(), r.actor, one)
	if err != nil {
		return err
	}
	return r.page(status, r.t("satisfaction.title_member"), ownFormBody(r, asked, r.statementPath(one), f))
}

// showClientForm handles GET /satisfaction/:satisfaction: a first name, a period
// and questions. A client sees nothing else of the help.
func showClientForm(r *request) error { return r.clientFormPage(http.StatusOK, r.emptyForm()) }

// giveClientForm handles POST /satisfaction/:satisfaction.
func giveClientForm(r *request) error {
	one, err := id.Parse[coaching.Satisfaction](r.Param("satisfaction"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Coaching.GiveForm(r.Request.Context(), r.actor, one, f.opinion())); err != nil {
		return err
	}
	if f.bad() {
		return r.clientFormPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("satisfaction.thanks_client")
	return r.to("/satisfaction/" + one.String())
}

func (r *request) clientFormPage(status int, f *form) error {
	one, err := id.Parse[coaching.Satisfaction](r.Param("satisfaction"))
	if err != nil {
		return err
	}
	asked, err := r.web.Coaching.Form(r.Request.Context(), r.actor, one)
	if err != nil {
		return err
	}
	return r.page(status, r.t("satisfaction.title"), clientFormBody(r, asked, f))
}

// opinion reads the answers; what is no number is refused by the domain.
func (f *form) opinion() coaching.Opinion {
	score := func(name string) int {
		n, _ := strconv.Atoi(f.text(name))
		return n
	}
	return coaching.Opinion{Words: f.text("words"), Scores: coaching.Scores{
		Reach: score("reach"), Clear: score("clear"), Help: score("help"), Result: score("result"), Overall: score("overall")}}
}

// scoreChoices are 1 to 10.
func scoreChoices() (choices []ui.Choice) {
	for n := 1; n <= 10; n++ {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(n), Text: strconv.Itoa(n)})
	}
	return choices
}
