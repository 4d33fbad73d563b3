//go:build drill

package main

import (
	"os"
	"time"

	"meent/cmd/drill/errand"
	"meent/internal/tasks"
)

// Built with -tags drill, the program also does the errands of cmd/drill, and
// its clock may be wrong. No other build holds any of this.

func addDrill(m *tasks.Mux, b *backends) { errand.Add(m, b.db, os.Getenv("MEENT_DRILL_PLANT")) }

func clock() func() time.Time {
	wrong, err := time.ParseDuration(os.Getenv("MEENT_DRILL_CLOCK"))
	if err != nil {
		return time.Now
	}
	return func() time.Time { return time.Now().Add(wrong) }
}
