package tasks_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
)

// deadHouse has one dead task of each cooperative and one of the platform.
func deadHouse(t *testing.T) (h *house, own, other id.Cooperative, w *tasks.Worker) {
	t.Helper()
	h, own, other = newHouse(t, newMiniredis(t), nil), id.NewCooperative(nil), id.NewCooperative(nil)
	m := tasks.NewMux()
	tasks.HandleTx(m, func(context.Context, pgx.Tx, errand) error { return tasks.GiveUp(errRefused) })
	w = h.worker(m)
	for _, c := range []id.Cooperative{own, other, {}} {
		h.enqueue(errand{"a"}, tasks.Opts{Cooperative: c})
		h.runDue(w, 1)
		h.clock.add(time.Second)
	}
	return h, own, other, w
}

func (h *house) dead(c id.Cooperative) []tasks.Dead {
	h.Helper()
	list, err := h.queue.Dead(h.Context(), c)
	if err != nil {
		h.Fatal(err)
	}
	return list
}

func TestDeadOfOneCooperative(t *testing.T) {
	h, own, _, _ := deadHouse(t)
	got := h.dead(own)
	want := tasks.Dead{Kind: "test.errand", Created: h.clock.now().Add(-3 * time.Second), Failures: 1, Problem: tasks.Refused, Error: "refused"}
	if len(got) != 1 || got[0].ID.IsZero() {
		t.Fatalf("Dead = %+v", got)
	}
	if since := time.Since(got[0].Died); since < 0 || since > time.Minute { // by Postgres' clock
		t.Errorf("died %v ago", since)
	}
	want.ID, want.Died = got[0].ID, got[0].Died
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Error(diff)
	}
	if all := h.dead(id.Cooperative{}); len(all) != 3 || all[2].ID != want.ID {
		t.Errorf("the operator sees %d, want 3, the newest first", len(all))
	}
}

func TestRetryGivesAllTriesAnew(t *testing.T) {
	h, own, _, w := deadHouse(t)
	by := tasks.By{Cooperative: own, Person: tasks.PersonID(id.New[tasks.Task](nil))}
	task := h.dead(own)[0].ID
	if err := h.queue.Retry(t.Context(), by, task); err != nil {
		t.Fatal(err)
	}
	if left := h.dead(own); len(left) != 0 {
		t.Errorf("still dead: %+v", left)
	}
	h.runDue(w, 1)
	if again := h.dead(own); len(again) != 1 || again[0].Failures != 1 {
		t.Errorf("after the retry: %+v", again)
	}
	log, err := h.queue.Interventions(t.Context(), own, 10)
	want := []tasks.Intervention{{Task: task, Kind: "test.errand", Act: tasks.Retry, Person: by.Person, At: h.clock.now()}}
	if diff := cmp.Diff(want, log); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestDropNeedsAReason(t *testing.T) {
	h, own, _, _ := deadHouse(t)
	task := h.dead(own)[0].ID
	for name, reason := range map[string]string{"none": " ", "a novel": strings.Repeat("a", 501), "a zero byte": "a\x00"} {
		var problems check.Problems
		if err := h.queue.Drop(t.Context(), tasks.By{Cooperative: own}, task, reason); !errors.As(err, &problems) || !problems.At("reason") {
			t.Errorf("%s: Drop = %v, want a problem at reason", name, err)
		}
	}
	if err := h.queue.Drop(t.Context(), tasks.By{Cooperative: own}, task, "De klus is al geweest."); err != nil {
		t.Fatal(err)
	}
	log, err := h.queue.Interventions(t.Context(), own, 10)
	if err != nil || len(log) != 1 || log[0].Act != tasks.Drop || log[0].Reason != "De klus is al geweest." || !log[0].Person.IsZero() {
		t.Errorf("Interventions = %+v, %v", log, err)
	}
	if err := h.queue.Retry(t.Context(), tasks.By{Cooperative: own}, task); !errors.Is(err, tasks.ErrNotFound) {
		t.Errorf("Retry of a dropped task = %v, want ErrNotFound", err)
	}
}

func TestDeadOfOthersIsNotFound(t *testing.T) {
	h, own, other, _ := deadHouse(t)
	theirs := h.dead(other)[0].ID
	platform := h.dead(id.Cooperative{})[0].ID
	for _, task := range []tasks.ID{theirs, platform, id.New[tasks.Task](nil), {}} {
		retry := h.queue.Retry(t.Context(), tasks.By{Cooperative: own}, task)
		drop := h.queue.Drop(t.Context(), tasks.By{Cooperative: own}, task, "weg")
		if !errors.Is(retry, tasks.ErrNotFound) || !errors.Is(drop, tasks.ErrNotFound) {
			t.Errorf("%v: Retry = %v, Drop = %v", task, retry, drop)
		}
	}
	if all := h.dead(id.Cooperative{}); len(all) != 3 {
		t.Errorf("%d dead are left, want 3", len(all))
	}
	for _, task := range []tasks.ID{theirs, platform} {
		if err := h.queue.Retry(t.Context(), tasks.By{}, task); err != nil {
			t.Errorf("the operator's Retry = %v", err)
		}
	}
}
