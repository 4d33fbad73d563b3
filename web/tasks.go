package web

import (
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// mostActs is how much of what people did the page shows.
const mostActs = 20

// background is how the background work of a cooperative stands.
type background struct {
	counts []tasks.Count
	dead   []tasks.Dead
	acts   []tasks.Intervention
	names  map[members.PersonID]string // of those who acted
}

// tasksList handles GET /tasks.
func tasksList(r *request) error {
	work, err := r.background()
	if err != nil {
		return err
	}
	return r.tasksPage(http.StatusOK, work, r.emptyForm())
}

// retryTask handles POST /tasks/:task/retry.
func retryTask(r *request) error {
	task, err := id.Parse[tasks.Task](r.Param("task"))
	if err != nil {
		return err
	}
	if err := r.web.Tasks.Retry(r.Request.Context(), r.decider(), task); err != nil {
		return err
	}
	r.flash("tasks.retried")
	return r.to("/tasks")
}

// dropTask handles POST /tasks/:task/drop.
func dropTask(r *request) error {
	task, err := id.Parse[tasks.Task](r.Param("task"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	reason := f.text(reasonField(task))
	if err := f.wrong(r.web.Tasks.Drop(r.Request.Context(), r.decider(), task, reason)); err != nil {
		return err
	}
	if f.bad() {
		return r.askReason(task, f)
	}
	r.flash("tasks.dropped")
	return r.to("/tasks")
}

// askReason shows the page again, with what is wrong at the task's own field.
func (r *request) askReason(task tasks.ID, f *form) error {
	work, err := r.background()
	if err != nil {
		return err
	}
	if !work.holds(task) {
		return tasks.ErrNotFound
	}
	f.move("reason", reasonField(task))
	return r.tasksPage(http.StatusUnprocessableEntity, work, f)
}

// reasonField is the field for a reason; each task on the page has one.
func reasonField(task tasks.ID) string { return "reason-" + task.String() }

// decider is the actor, as the queue knows people.
func (r *request) decider() tasks.By {
	return tasks.By{Cooperative: r.actor.Cooperative, Person: tasks.PersonID(r.actor.Person)}
}

// background reads all of it, of the actor's cooperative.
func (r *request) background() (w background, err error) {
	ctx, cooperative := r.Request.Context(), r.actor.Cooperative
	if w.counts, err = r.web.Tasks.Counts(ctx, cooperative); err != nil {
		return w, err
	}
	if w.dead, err = r.web.Tasks.Dead(ctx, cooperative); err != nil {
		return w, err
	}
	if w.acts, err = r.web.Tasks.Interventions(ctx, cooperative, mostActs); err != nil {
		return w, err
	}
	w.names, err = r.web.Members.Names(ctx, r.actor, w.people())
	return w, err
}

// people are those who acted.
func (w background) people() (list []members.PersonID) {
	for _, act := range w.acts {
		list = append(list, members.PersonID(act.Person))
	}
	return list
}

func (w background) holds(task tasks.ID) bool {
	return slices.ContainsFunc(w.dead, func(d tasks.Dead) bool { return d.ID == task })
}

// reasonFields are the fields of the page, in its order.
func (w background) reasonFields() (fields []string) {
	for _, d := range w.dead {
		fields = append(fields, reasonField(d.ID))
	}
	return fields
}

// stopped is how many tasks wait for a person.
func stopped(counts []tasks.Count) (dead int) {
	for _, c := range counts {
		dead += c.Dead
	}
	return dead
}

func (r *request) tasksPage(status int, w background, f *form) error {
	return r.page(status, r.t("tasks.title"), tasksBody(r, w, f))
}
