package tasks_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"meent/internal/tasks"
)

func TestCollector(t *testing.T) {
	h := newHouse(t, newMiniredis(t), nil)
	h.enqueue(note{"a"}, tasks.Opts{Lane: tasks.Hi, Due: h.clock.now().Add(-90 * time.Second)})
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(h.queue.Collector())
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			name := family.GetName()
			for _, label := range metric.GetLabel() {
				name += fmt.Sprintf(" %s", label.GetValue())
			}
			if value := metric.GetGauge().GetValue(); value != 0 {
				got[name] = value
			}
		}
	}
	want := map[string]float64{"meent_tasks hi waiting": 1, "meent_tasks_oldest_seconds hi": 90}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCollectorWithoutDatabase(t *testing.T) {
	h := newHouse(t, newMiniredis(t), nil)
	h.db.Close()
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(h.queue.Collector())
	if _, err := registry.Gather(); err == nil {
		t.Error("Gather hides that the database is away")
	}
}
