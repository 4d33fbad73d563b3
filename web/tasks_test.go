package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// dead puts a task that stopped into the queue; a zero cooperative is the
// platform's.
func (h *house) dead(c id.Cooperative, kind, problem, text string) tasks.ID {
	h.t.Helper()
	task := id.New[tasks.Task](nil)
	_, err := h.db.Exec(h.t.Context(), `
		INSERT INTO tasks.task (id, cooperative_id, kind, payload, lane, state, created_at, due_at, ended_at, failures, lost, problem, last_error)
		VALUES ($1, $2, $3, '{}', -1, 'dead', $4, $4, $4, 3, 1, $5, $6)`, task, c, kind, h.now, problem, text)
	h.must(err)
	return task
}

// waalDead is a dead task of the cooperative in which everybody is.
func (h *house) waalDead() tasks.ID {
	h.t.Helper()
	return h.dead(h.actors[members.RoleCoordinator].Cooperative, "jobs.gig_posted", "failed", "dial tcp: refused")
}

func (h *house) taskState(task tasks.ID) (state string) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT state FROM tasks.task WHERE id = $1`, task).Scan(&state))
	return state
}

// acts lists everything that people did to tasks, the newest first.
func (h *house) acts() []tasks.Intervention {
	h.t.Helper()
	list, err := h.tasks.Interventions(h.t.Context(), id.Cooperative{}, 100)
	h.must(err)
	return list
}

// card is the part of the page about one dead task.
func card(got answer, task tasks.ID) string { return got.Find("#task-" + task.String()).Text() }

func TestTasksShowsTheOwnDeadTasks(t *testing.T) {
	h := newHouse(t)
	waal, noord := h.actors[members.RoleCoordinator].Cooperative, h.far[members.RoleCoordinator].Cooperative
	b := h.signedIn(members.RoleCoordinator)
	own := map[tasks.ID][]string{
		h.dead(waal, "jobs.gig_posted", "failed", "dial tcp: refused"):    {"Een nieuwe klus laten zien", "werkte niet", "4 keer geprobeerd", "dial tcp: refused"},
		h.dead(waal, "moon.land", "refused", "<script>alert(1)</script>"): {"Ander werk (moon.land)", "Dit kon niet", "<script>alert(1)</script>"},
		h.dead(waal, "members.tidy", "late", "x"):                         {"Oude gegevens opruimen", "te lang"},
		h.dead(waal, "members.sign_in_asked", "fault", "x"):               {"Een mail om in te loggen", "fout in Meent"},
		h.dead(waal, "jobs.gig_posted", "vanished", "x"):                  {"viel steeds uit"},
	}
	others := []tasks.ID{h.dead(noord, "jobs.gig_posted", "failed", "x"), h.dead(id.Cooperative{}, "members.tidy", "failed", "x")}
	got := b.get("/tasks")
	for task, words := range own {
		for _, word := range append(words, "di 24 nov, 10.00\u00a0uur") {
			if !strings.Contains(card(got, task), word) {
				t.Errorf("the card does not say %q:\n%s", word, card(got, task))
			}
		}
	}
	for _, task := range others {
		if strings.Contains(got.body, task.String()) {
			t.Error("the page shows a task of others")
		}
	}
	if strings.Contains(got.body, "<script>alert") {
		t.Error("the error stands in the page as markup")
	}
	if figure := b.get("/home").Find(`a.figure[href="/tasks"]`).Text(); strings.TrimSpace(figure) != "5 gestopt werk" {
		t.Errorf("home says %q", figure)
	}
}

func TestTasksCountsTheOwnLanes(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleCoordinator) // does what the house began with, too; the window of an offer closes and a shift begins later
	waal, noord := h.actors[members.RoleCoordinator].Cooperative, h.far[members.RoleCoordinator].Cooperative
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) (err error) {
		for _, o := range []tasks.Opts{
			{Cooperative: waal, Due: h.now.Add(-2 * time.Hour)}, {Cooperative: waal, Due: h.now.Add(-time.Minute)},
			{Cooperative: waal, Lane: tasks.Low, Due: h.now.Add(time.Hour)}, {Cooperative: noord, Due: h.now.Add(-72 * time.Hour)}, {},
		} {
			if _, err = h.tasks.EnqueueTx(t.Context(), tx, members.Tidy{}, o); err != nil {
				return err
			}
		}
		return nil
	}))
	h.waalDead()
	var rows []string
	for _, row := range b.get("/tasks").Find("table").First().Find("tbody tr").EachIter() {
		rows = append(rows, strings.Join(row.Find("th, td").Map(func(_ int, cell *goquery.Selection) string { return cell.Text() }), "|"))
	}
	want := []string{"Iemand wacht erop|0|1|0|1|niets", "Gewoon|2|0|0|0|2 uur", "Heeft de tijd|0|2|0|0|niets"}
	if !slices.Equal(rows, want) {
		t.Errorf("the lanes are %q, want %q", rows, want)
	}
}

func TestTasksWhenAllIsWell(t *testing.T) {
	got := newHouse(t).signedIn(members.RoleCoordinator).get("/tasks")
	for _, words := range []string{"Alles loopt", "Nog niemand heeft iets hoeven doen"} {
		if !strings.Contains(got.Find("main").Text(), words) {
			t.Errorf("the page does not say %q", words)
		}
	}
}

func TestRetryTask(t *testing.T) {
	h := newHouse(t)
	b, task := h.signedIn(members.RoleCoordinator), h.waalDead()
	if got := b.post("/tasks/" + task.String() + "/retry"); got.status != http.StatusSeeOther || got.location != "/tasks" {
		t.Fatalf("retry gave %d, to %s", got.status, got.location)
	}
	if state := h.taskState(task); state != "waiting" {
		t.Errorf("the task is %s", state)
	}
	acts := h.acts()
	if len(acts) != 1 || acts[0].Act != tasks.Retry || members.PersonID(acts[0].Person) != h.actors[members.RoleCoordinator].Person {
		t.Errorf("the log holds %+v", acts)
	}
	got := b.get("/tasks")
	for _, words := range []string{"Gelukt. Meent probeert het opnieuw.", "Alles loopt", "opnieuw geprobeerd", "Mens coordinator", "geen reden nodig"} {
		if !strings.Contains(got.Find("main").Text(), words) {
			t.Errorf("the page does not say %q", words)
		}
	}
}

func TestDropTask(t *testing.T) {
	h := newHouse(t)
	b, task := h.signedIn(members.RoleCoordinator), h.waalDead()
	got := b.post("/tasks/"+task.String()+"/drop", "reason-"+task.String(), " De klus is <b>weg</b>. ")
	if got.status != http.StatusSeeOther || got.location != "/tasks" {
		t.Fatalf("drop gave %d, to %s", got.status, got.location)
	}
	acts := h.acts()
	if h.taskState(task) != "dropped" || len(acts) != 1 || acts[0].Act != tasks.Drop || acts[0].Reason != "De klus is <b>weg</b>." {
		t.Errorf("the task is %s, the log holds %+v", h.taskState(task), acts)
	}
	got = b.get("/tasks")
	for _, words := range []string{"Gelukt. Meent doet dit niet meer.", "niet meer gedaan", "De klus is <b>weg</b>."} {
		if !strings.Contains(got.Find("main").Text(), words) {
			t.Errorf("the page does not say %q", words)
		}
	}
}

func TestDropTaskAsksForAReason(t *testing.T) {
	h := newHouse(t)
	b, task, other := h.signedIn(members.RoleCoordinator), h.waalDead(), h.waalDead()
	field := "reason-" + task.String()
	for typed, says := range map[string]string{
		"": "Vul het in", "  ": "Vul het in", strings.Repeat("é", 501): "Er passen 500 tekens in", "een\ntwee": "niet kunnen lezen",
	} {
		got := b.post("/tasks/"+task.String()+"/drop", field, typed)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#"+field+"-wrong").Text(), says) {
			t.Errorf("%.9q gave %d: %s", typed, got.status, got.Find("#"+field+"-wrong").Text())
		}
		if value, _ := got.Find("#" + field).Attr("value"); value != typed {
			t.Errorf("of %.9q the page kept %.9q", typed, value)
		}
		if got.Find(".wrong").Length() != 1 || got.Find(`.problems a[href="#`+field+`"]`).Length() != 1 {
			t.Errorf("%.9q is wrong at another field too, or not named above", typed)
		}
	}
	if h.taskState(task) != "dead" || h.taskState(other) != "dead" || len(h.acts()) > 0 {
		t.Error("a drop without a reason did something")
	}
}

func TestTasksOfOthersAreNotFound(t *testing.T) {
	h := newHouse(t)
	b, waiting := h.signedIn(members.RoleCoordinator), h.waalDead()
	h.must(h.tasks.Retry(t.Context(), tasks.By{}, waiting))
	before := len(h.acts())
	for name, task := range map[string]string{
		"another cooperative's": h.dead(h.far[members.RoleCoordinator].Cooperative, "jobs.gig_posted", "failed", "x").String(),
		"the platform's":        h.dead(id.Cooperative{}, "members.tidy", "failed", "x").String(),
		"one that is not dead":  waiting.String(),
		"no task":               h.gig.String(),
		"a number":              "17",
		"no text":               "%ff%00",
	} {
		for _, got := range []answer{
			b.post("/tasks/" + task + "/retry"),
			b.post("/tasks/" + task + "/drop"),
			b.post("/tasks/"+task+"/drop", "reason-"+task, "Niet meer nodig."),
		} {
			if got.status != http.StatusNotFound || !strings.Contains(got.Find("h1").Text(), "Niet gevonden") {
				t.Errorf("%s gave %d: %s", name, got.status, got.Find("h1").Text())
			}
		}
	}
	if after := len(h.acts()); after != before {
		t.Errorf("%d acts are logged, before there were %d", after, before)
	}
}

func TestTasksAreForCoordinators(t *testing.T) {
	h := newHouse(t)
	task := h.waalDead()
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleClient, members.RoleCoach, ""} {
		b := h.signedIn(kind)
		for _, got := range []answer{
			b.get("/tasks"),
			b.post("/tasks/" + task.String() + "/retry"),
			b.post("/tasks/"+task.String()+"/drop", "reason-"+task.String(), "Niet meer nodig."),
		} {
			if got.status != http.StatusForbidden || strings.Contains(got.body, task.String()) {
				t.Errorf("as %q gave %d", kind, got.status)
			}
		}
	}
	if h.taskState(task) != "dead" || len(h.acts()) > 0 {
		t.Error("a refused form did something")
	}
}

func TestTasksNameWhoActed(t *testing.T) {
	h := newHouse(t)
	b, waal := h.signedIn(members.RoleCoordinator), h.actors[members.RoleCoordinator].Cooperative
	stranger := tasks.PersonID(h.far[members.RoleCoordinator].Person)
	h.must(h.tasks.Drop(t.Context(), tasks.By{}, h.waalDead(), "Was al gedaan."))
	h.must(h.tasks.Drop(t.Context(), tasks.By{Cooperative: waal, Person: stranger}, h.waalDead(), "Dubbel."))
	table := b.get("/tasks").Find("table").Last().Text()
	for _, words := range []string{"de beheerder", "Was al gedaan.", "iemand die hier niet meer is", "Dubbel."} {
		if !strings.Contains(table, words) {
			t.Errorf("the page does not say %q:\n%s", words, table)
		}
	}
	h.must(h.tasks.Retry(t.Context(), tasks.By{}, h.dead(h.far[members.RoleCoordinator].Cooperative, "moon.land", "failed", "x")))
	if strings.Contains(b.get("/tasks").body, "moon.land") {
		t.Error("the page tells what was done for another cooperative")
	}
}
